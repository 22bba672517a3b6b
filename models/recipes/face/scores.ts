import { argmax } from '#contract/emotion/categories.ts';
import type { Answered } from '#models/metrics/classification.ts';
import type { Sure } from '#models/metrics/confidence.ts';
import { pearson } from '#models/metrics/regression.ts';

export type Named = Answered & Sure;

/** What each row of probabilities over `classes` names, beside what it should. */
export const named = (
  rows: readonly (readonly number[])[],
  classes: readonly string[],
  truths: readonly string[],
): Named[] =>
  rows.map((row, i) => {
    const top = argmax(row);
    const [truth, guess] = [truths[i]!, classes[top]!];
    return { truth, guess, confidence: row[top]!, right: guess === truth };
  });

/** How well a guess with its stated spread fits: error, correlation, and the error in units of the spread (1: honest). */
export function rootMeanSquare(guess: readonly number[], truth: readonly number[], sd: readonly number[]) {
  const mean = (values: readonly number[]): number => values.reduce((s, v) => s + v, 0) / values.length;
  return {
    bias: mean(guess) - mean(truth),
    error: Math.sqrt(mean(guess.map((g, i) => (g - truth[i]!) ** 2))),
    correlation: pearson(guess.map((g, i) => ({ guess: g, truth: truth[i]! }))),
    errorInSds: Math.sqrt(mean(guess.map((g, i) => ((g - truth[i]!) / sd[i]!) ** 2))),
  };
}
