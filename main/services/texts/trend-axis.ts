/** How a trend's axis is parted: in steps that a calendar knows, as few as say something and as many as can be seen. */
import type { TextCollection } from '#contract/texts/collection.ts';
import { TREND_STEPS, type Stretch, type TrendStep } from '#contract/texts/query.ts';
import { originOf, WIDTH_MS } from '#models/texts/calendar.ts';

const MOST_BINS = 60;

export interface TrendAxis {
  by: Stretch['by'];
  step: TrendStep;
  /** Half open. */
  from: number;
  to: number;
  /** Number of the first bin, and how many there are. */
  first: number;
  count: number;
}

/** The collection's whole span, or the part of it that was chosen. */
export function axisOf(
  { span, count }: Pick<TextCollection, 'span' | 'count'>,
  chosen: Stretch | null,
): TrendAxis {
  // One time alone is no course.
  const timed = span !== null && span.toMs > span.fromMs;
  const by = chosen?.by ?? (timed ? 'time' : 'order');
  if (by === 'order' || span === null) {
    const [from, to] = within(chosen, 1, count + 1);
    return { by: 'order', step: 'texts', from, to, first: 0, count: Math.min(MOST_BINS, to - from) };
  }
  const [from, to] = within(chosen, span.fromMs, span.toMs + 1);
  for (const step of TREND_STEPS) {
    const first = binAt(step, from);
    const bins = binAt(step, to - 1) - first + 1;
    if (bins <= MOST_BINS || step === 'year') return { by, step, from, to, first, count: bins };
  }
  throw new Error('Years part every span.');
}

export const isFiner = (step: TrendStep, than: TrendStep): boolean => placeOf(step) < placeOf(than);
const placeOf = (step: TrendStep): number => (TREND_STEPS as readonly TrendStep[]).indexOf(step);

function within(chosen: Stretch | null, from: number, to: number): [number, number] {
  if (chosen === null) return [from, Math.max(from + 1, to)];
  const start = Math.max(from, chosen.from);
  return [start, Math.max(start + 1, Math.min(to, chosen.to))];
}

/** As the database counts them. */
function binAt(step: Exclude<TrendStep, 'texts'>, ms: number): number {
  const date = new Date(ms);
  if (step === 'year') return date.getUTCFullYear() - 1970;
  if (step === 'month') return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  return Math.floor((ms - originOf(step)) / WIDTH_MS[step]);
}

/** Where a bin begins: milliseconds since 1970, or a place in the file. */
export function startOf({ step, from, to, count }: TrendAxis, bin: number): number {
  if (step === 'texts') return from + Math.ceil((bin * (to - from)) / count);
  if (step === 'year') return Date.UTC(1970 + bin, 0);
  if (step === 'month') return Date.UTC(1970 + Math.floor(bin / 12), bin % 12);
  return bin * WIDTH_MS[step] + originOf(step);
}
