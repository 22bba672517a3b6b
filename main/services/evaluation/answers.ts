/** What a row answers, as the metrics take it. */
import { argmax, CATEGORIES, type Category } from '#contract/emotion/categories.ts';
import type { PredictedRow } from '#contract/files/predict.ts';
import type { Answered } from '#models/metrics/classification.ts';
import type { Sure } from '#models/metrics/confidence.ts';

export const topCategory = (row: PredictedRow, of: readonly Category[] = CATEGORIES): Category =>
  of[argmax(of.map((c) => row.probabilities[c]))]!;

/** The most probable of some fine labels; a label that the row doesn't carry counts 0. */
export const topFine = (row: PredictedRow, of: readonly string[]): string =>
  of[argmax(of.map((label) => row.fine[label] ?? 0))]!;

/** One answer of seven, with how sure it was: fit for every metric of single answers. */
export interface CategoryAnswer extends Answered, Sure {
  readonly truth: Category;
  readonly guess: Category;
}

export function categoryAnswer(truth: Category, row: PredictedRow): CategoryAnswer {
  const guess = topCategory(row);
  return { truth, guess, right: guess === truth, confidence: row.probabilities[guess] };
}
