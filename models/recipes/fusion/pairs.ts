/** Artificial items with words, voice and face: rows of the same category from three unrelated sources. */
import { z } from 'zod';
import { CATEGORIES, category, distribution } from '#contract/emotion/categories.ts';
import { MODALITIES } from '#contract/emotion/evidence.ts';
import type { Modality } from '#contract/emotion/evidence.ts';
import { probability } from '#contract/units.ts';
import type { Said } from '#models/fusion/opinion.ts';
import { groupedBy } from '#models/metrics/grouped.ts';
import { oneOf, type Random } from '#models/metrics/random.ts';

const row = z.object({
  part: z.enum(['dev', 'test']).optional(),
  speaker: z.string().optional(),
  label: category,
  probabilities: distribution,
  quality: probability.default(1),
});
/** One line of a prediction file: what a model said of an item from a source that it was not trained on. */
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

/** How much each row counts where every speaker counts alike, whatever the length of their recordings; 1 without speakers. */
export function speakerWeights(rows: readonly Row[]): number[] {
  const counts = new Map<string, number>();
  for (const { speaker } of rows) if (speaker) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  return rows.map(({ speaker }) => 1 / (counts.get(speaker ?? '') ?? 1));
}

export interface Item {
  readonly label: number;
  readonly said: readonly Said[];
}

/**
 * `count` items: a category drawn from `prior`, one of the non-empty sets of modalities (each equally often), and for each of them a row of
 * that category, from any of its speakers equally often. A modality without rows of the category is left out of the item.
 */
export function pairedItems(
  rows: Readonly<Partial<Record<Modality, readonly Row[]>>>,
  prior: readonly number[],
  count: number,
  random: Random,
): Item[] {
  const available = MODALITIES.filter((m) => rows[m]);
  const byLabel = available.map((m) =>
    CATEGORIES.map((c) => bySpeaker(rows[m]!.filter((r) => r.label === c))),
  );
  const items: Item[] = [];
  while (items.length < count) {
    const label = drawn(prior, random);
    const present = 1 + Math.floor(random() * (2 ** available.length - 1));
    const said = available.flatMap((modality, m): Said[] => {
      const own = byLabel[m]![label]!;
      if (!(present & (1 << m)) || own.length === 0) return [];
      const row = oneOf(oneOf(own, random), random);
      return [{ modality, probabilities: row.probabilities, dimensions: {}, quality: row.quality }];
    });
    if (said.length > 0) items.push({ label, said });
  }
  return items;
}

/** Rows in one list a speaker; rows without a speaker make one list. */
const bySpeaker = (rows: readonly Row[]): Row[][] => [...groupedBy(rows, (r) => r.speaker ?? '').values()];

function drawn(p: readonly number[], random: Random): number {
  let rest = random();
  for (let i = 0; i < p.length - 1; i++) {
    rest -= p[i]!;
    if (rest < 0) return i;
  }
  return p.length - 1;
}
