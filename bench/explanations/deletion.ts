/** How much faster a reading falls when parts go in the order of an explanation than in random order. */
import type { Category, Distribution } from '#contract/emotion/categories.ts';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { areaUnder, byScore, growingParts } from '#models/explanation/deletion.ts';

export interface Comparison {
  /** Area under the deletion curve at random minus that in the explanation's order: larger is better. */
  readonly deletion: number;
  /** Area under the insertion curve in the explanation's order minus that at random: larger is better. */
  readonly insertion: number;
}

const STEPS = 8;
const RANDOM_ORDERS = 3;

/**
 * @param scores one a part: how much it speaks for the category
 * @param without readings without these parts, in order
 */
export async function compareOrders(
  scores: readonly number[],
  category: Category,
  without: (left: ReadonlySet<number>[]) => Promise<Distribution[]>,
  random: () => number,
): Promise<Comparison> {
  const c = CATEGORIES.indexOf(category);
  const area = async (left: ReadonlySet<number>[]): Promise<number> =>
    areaUnder((await without(left)).map((p) => p[c]!));
  const all = scores.map((_, i) => i);
  const areas = async (order: number[]): Promise<Comparison> => ({
    deletion: await area(growingParts(order, STEPS)),
    insertion: await area(growingParts(order, STEPS).map((kept) => new Set(all.filter((i) => !kept.has(i))))),
  });
  const own = await areas(byScore(scores));
  const chance = { deletion: 0, insertion: 0 };
  for (let i = 0; i < RANDOM_ORDERS; i++) {
    const { deletion, insertion } = await areas(byScore(all.map(random)));
    chance.deletion += deletion / RANDOM_ORDERS;
    chance.insertion += insertion / RANDOM_ORDERS;
  }
  return { deletion: chance.deletion - own.deletion, insertion: own.insertion - chance.insertion };
}

/** `count` different items, the same ones for the same `random`. */
export function sampleOf<T>(items: readonly T[], count: number, random: () => number): T[] {
  return byScore(items.map(random))
    .slice(0, count)
    .map((i) => items[i]!);
}
