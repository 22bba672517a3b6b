/** The course of a session's texts: over time where they have times, else over their order. */
import type { TextCollection } from '#contract/texts/collection.ts';
import { EVERY_TEXT, type TextFilter, type TextTrend } from '#contract/texts/query.ts';
import type { Moments, TextSums } from '#main/hosts/database/text-tasks.ts';
import { aggregateOf, type TextsDatabase } from './figures.ts';
import { axisOf, isFiner, startOf, type TrendAxis } from './trend-axis.ts';

/** Of the texts at each end of time. */
const STRAY_SHARE = 0.005;
/** The rest must lie this much closer together, or the few at the ends are no strays. */
const CLOSER = 3;

interface Bins {
  bins: { bin: number; sums: TextSums }[];
  untimed: number;
}

/** Bins without a text are there, and empty. Times far from all others (0.5 % at each end) are in the first and last bin: the axis isn't stretched for them. */
export async function trendOf(
  database: TextsDatabase,
  collection: TextCollection,
  filter: TextFilter,
): Promise<TextTrend> {
  const { sessionId } = collection;
  const asked = (axis: TrendAxis, of: TextFilter): Promise<Bins> => {
    const { step, from, to, count } = axis;
    return database.call('texts.trend', { sessionId, filter: of, step, from, to, bins: count });
  };
  const whole = axisOf(collection, filter.stretch);
  const axis =
    filter.stretch === null ? await withoutStrays(whole, collection, (one) => asked(one, EVERY_TEXT)) : whole;
  const { by, step, first, count } = axis;
  const last = first + count - 1;
  const found = await asked(axis, filter);
  const sums = new Map<number, TextSums>();
  for (const one of found.bins) {
    const bin = Math.min(last, Math.max(first, one.bin));
    const before = sums.get(bin);
    sums.set(bin, before === undefined ? one.sums : added(before, one.sums));
  }
  const bins = Array.from({ length: count }, (_, i) => ({
    from: startOf(axis, first + i),
    to: startOf(axis, first + i + 1),
    all: aggregateOf(sums.get(first + i) ?? NOTHING),
  }));
  if (axis.from > whole.from) bins[0]!.from = whole.from;
  if (axis.to < whole.to) bins.at(-1)!.to = whole.to;
  return { by, step, bins, untimed: found.untimed };
}

/** Closer with each look: the bins of a century don't tell where in a day most texts are. */
async function withoutStrays(
  whole: TrendAxis,
  collection: TextCollection,
  count: (axis: TrendAxis) => Promise<Bins>,
): Promise<TrendAxis> {
  let axis = whole;
  while (axis.by === 'time') {
    const middle = middleOf((await count(axis)).bins);
    if (middle === null) return axis;
    const from = startOf(axis, middle.first);
    const to = startOf(axis, middle.last + 1);
    const closer = axisOf(collection, { by: 'time', from, to });
    if ((to - from) * CLOSER > axis.to - axis.from || !isFiner(closer.step, axis.step)) return axis;
    axis = closer;
  }
  return axis;
}

function middleOf(bins: Bins['bins']): { first: number; last: number } | null {
  const inOrder = [...bins].sort((a, b) => a.bin - b.bin);
  const strays = Math.floor(STRAY_SHARE * inOrder.reduce((sum, { sums }) => sum + sums.n, 0));
  const endOf = (side: Bins['bins']): number | undefined => {
    let passed = 0;
    return side.find(({ sums }) => (passed += sums.n) > strays)?.bin;
  };
  const first = endOf(inOrder);
  const last = endOf(inOrder.reverse());
  return first === undefined || last === undefined ? null : { first, last };
}

const NO_SUMS = { n: 0, sum: 0, squares: 0 };
const NOTHING: TextSums = { n: 0, counts: [0, 0, 0, 0, 0, 0, 0, 0], valence: NO_SUMS, arousal: NO_SUMS };

function added(a: TextSums, b: TextSums): TextSums {
  const moments = (one: Moments, other: Moments): Moments => ({
    n: one.n + other.n,
    sum: one.sum + other.sum,
    squares: one.squares + other.squares,
  });
  return {
    n: a.n + b.n,
    counts: a.counts.map((count, i) => count + b.counts[i]!),
    valence: moments(a.valence, b.valence),
    arousal: moments(a.arousal, b.arousal),
  };
}
