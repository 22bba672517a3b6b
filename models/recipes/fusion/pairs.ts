/** Artificial items with words, voice and face: rows of the same category from three unrelated sources. */
import { z } from 'zod';
import { CATEGORIES, category, distribution } from '#contract/emotion/categories.ts';
import { MODALITIES } from '#contract/emotion/evidence.ts';
import type { Modality } from '#contract/emotion/evidence.ts';
import { probability } from '#contract/units.ts';
import type { Said } from '#models/fusion/opinion.ts';

const row = z.object({
  part: z.enum(['dev', 'test']).optional(),
  speaker: z.string().optional(),
  label: category,
  probabilities: distribution,
  quality: probability.default(1),
});
/** One line of `<modality>_oof.jsonl`: a prediction for an item that its model was not trained on. */
export type Row = z.infer<typeof row>;

export const parseRows = (lines: string): Row[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => row.parse(JSON.parse(line)));

/** Rows for fitting and rows for checking: as their recipe divided them, else every third speaker is for checking. */
export function divided(rows: readonly Row[]): { dev: Row[]; test: Row[] } {
  const speakers = [...new Set(rows.flatMap((r) => r.speaker ?? []))].sort();
  const isTest = (r: Row) => (r.part ? r.part === 'test' : speakers.indexOf(r.speaker ?? '') % 3 === 2);
  return { dev: rows.filter((r) => !isTest(r)), test: rows.filter(isTest) };
}

export interface Item {
  readonly label: number;
  readonly said: readonly Said[];
}

/** Mulberry32: a small generator with a known seed, so that the fitted numbers can be made again. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * `count` items: a category drawn from `prior`, one of the non-empty sets of modalities (each equally often), and for each of them a row of
 * that category. A modality without rows of the category is left out of the item.
 */
export function pairedItems(
  rows: Readonly<Partial<Record<Modality, readonly Row[]>>>,
  prior: readonly number[],
  count: number,
  random: () => number,
): Item[] {
  const available = MODALITIES.filter((m) => rows[m]);
  const byLabel = available.map((m) => CATEGORIES.map((c) => rows[m]!.filter((r) => r.label === c)));
  const items: Item[] = [];
  while (items.length < count) {
    const label = drawn(prior, random);
    const present = 1 + Math.floor(random() * (2 ** available.length - 1));
    const said = available.flatMap((modality, m): Said[] => {
      const own = byLabel[m]![label]!;
      if (!(present & (1 << m)) || own.length === 0) return [];
      const row = own[Math.floor(random() * own.length)]!;
      return [{ modality, probabilities: row.probabilities, dimensions: {}, quality: row.quality }];
    });
    if (said.length > 0) items.push({ label, said });
  }
  return items;
}

function drawn(p: readonly number[], random: () => number): number {
  let rest = random();
  for (let i = 0; i < p.length - 1; i++) {
    rest -= p[i]!;
    if (rest < 0) return i;
  }
  return p.length - 1;
}
