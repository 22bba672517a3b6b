/**
 * How much faster a reading falls when parts go in the order of an explanation than in random order: deletion and insertion curves (Petsiuk
 * et al. 2018, "RISE").
 */
import type { Category, Distribution } from '#contract/emotion/categories.ts';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { byScore } from '#models/explanation/order.ts';

export interface Comparison {
  /** Area under the deletion curve at random minus that in the explanation's order: larger is better. */
  readonly deletion: number;
  /** Area under the insertion curve in the explanation's order minus that at random: larger is better. Null where it was not asked for. */
  readonly insertion: number | null;
}

const STEPS = 8;
const RANDOM_ORDERS = 3;

/** Area under a curve of values at evenly spaced shares 0..1, by the trapezoidal rule. At least two values. */
function areaUnder(curve: readonly number[]): number {
  const steps = curve.length - 1;
  return curve.reduce((sum, value, i) => sum + (i === 0 || i === steps ? value / 2 : value), 0) / steps;
}

/** The first parts of an order at evenly spaced shares: nothing first, everything last. */
const growingParts = (order: readonly number[]): ReadonlySet<number>[] =>
  Array.from(
    { length: STEPS + 1 },
    (_, k) => new Set(order.slice(0, Math.round((k * order.length) / STEPS))),
  );

/**
 * @param scores one a part: how much it speaks for the category
 * @param without readings without these parts, in order
 * @param alsoInsertion costs as much again
 */
export async function compareOrders(
  scores: readonly number[],
  category: Category,
  without: (left: ReadonlySet<number>[]) => Promise<Distribution[]>,
  random: () => number,
  alsoInsertion: boolean,
): Promise<Comparison> {
  const c = CATEGORIES.indexOf(category);
  const area = async (left: ReadonlySet<number>[]): Promise<number> =>
    areaUnder((await without(left)).map((p) => p[c]!));
  const all = scores.map((_, i) => i);
  const deletion = (order: number[]): Promise<number> => area(growingParts(order));
  const insertion = (order: number[]): Promise<number> =>
    area(growingParts(order).map((kept) => new Set(all.filter((i) => !kept.has(i)))));

  const own = byScore(scores);
  const chance = Array.from({ length: RANDOM_ORDERS }, () => byScore(all.map(random)));
  const mean = async (of: (order: number[]) => Promise<number>): Promise<number> => {
    let sum = 0;
    for (const order of chance) sum += await of(order);
    return sum / RANDOM_ORDERS;
  };
  return {
    deletion: (await mean(deletion)) - (await deletion(own)),
    insertion: alsoInsertion ? (await insertion(own)) - (await mean(insertion)) : null,
  };
}

/** `count` different items, the same ones for the same `random`. */
export function sampleOf<T>(items: readonly T[], count: number, random: () => number): T[] {
  return byScore(items.map(random))
    .slice(0, count)
    .map((i) => items[i]!);
}
