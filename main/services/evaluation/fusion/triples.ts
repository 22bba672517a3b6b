/** Artificial items with words, voice and face: rows of the same category from three unrelated people. */
import { CATEGORIES, type Category } from '#contract/emotion/categories.ts';
import { MODALITIES, type Modality } from '#contract/emotion/evidence.ts';
import type { PredictedRow } from '#contract/files/predict.ts';
import type { Said } from '#models/fusion/opinion.ts';
import { oneOf, type Random } from '#models/metrics/random.ts';

export interface Labelled {
  readonly category: Category;
  readonly row: PredictedRow;
}

export type Sources = Readonly<Record<Modality, readonly Labelled[]>>;

export interface Triple {
  readonly truth: Category;
  readonly said: Readonly<Record<Modality, Said>>;
}

export const saidBy = (modality: Modality, row: PredictedRow): Said => ({
  modality,
  probabilities: CATEGORIES.map((c) => row.probabilities[c]),
  dimensions: row.vad,
  quality: row.quality,
});

/** `count` items: every category equally often, among those that all three sources have; none where they share no category. */
export function triples(sources: Sources, count: number, random: Random): Triple[] {
  const of = (modality: Modality, category: Category): readonly Labelled[] =>
    sources[modality].filter((row) => row.category === category);
  const categories = CATEGORIES.filter((c) => MODALITIES.every((m) => of(m, c).length > 0));
  if (categories.length === 0) return [];
  const rows = new Map(categories.map((c) => [c, MODALITIES.map((m) => of(m, c))]));
  return Array.from({ length: count }, (_, i) => {
    const truth = categories[i % categories.length]!;
    const drawn = MODALITIES.map((m, k) => saidBy(m, oneOf(rows.get(truth)![k]!, random).row));
    return { truth, said: { text: drawn[0]!, voice: drawn[1]!, face: drawn[2]! } };
  });
}
