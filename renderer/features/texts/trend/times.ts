/** Times of texts as they were written: without a zone they count as UTC, and are shown in it. */
import type { Stretch, TrendStep } from '#contract/texts/query.ts';
import type { Format } from '../../../lib/i18n/format.ts';
import type { Messages } from '../../../lib/i18n/en.ts';

const DAY_MS = 86_400_000;

export const timeOf = (ms: number, f: Format): string =>
  ms % DAY_MS === 0 ? f.utc(ms, 'date') : f.utc(ms, 'minute');

/** What a bar begins with, as short as its step allows. */
export const startOfBar = (ms: number, step: TrendStep, f: Format): string => {
  if (step === 'texts') return f.whole(ms);
  if (step === 'year') return f.utc(ms, 'year');
  if (step === 'month') return f.utc(ms, 'month');
  return step === 'day' || step === 'week' ? f.utc(ms, 'day') : f.utc(ms, 'clock');
};

/** A half-open stretch by its first and last moment. */
export function rangeOf({ by, from, to }: Stretch, f: Format, m: Messages['texts']['trend']): string {
  if (by === 'order') return m.places(f.whole(from), f.whole(to - 1));
  const exact = to - from < DAY_MS ? 'minute' : 'date';
  const [first, last] = [f.utc(from, exact), f.utc(to - 1, exact)];
  return first === last ? first : `${first} – ${last}`;
}
