/** What a part of the input does to a reading: the change when the model is asked again without it. */
import { CATEGORIES, type Distribution } from '#contract/emotion/categories.ts';
import type { Effect } from '#contract/explanation/explanation.ts';

/** Keeps the logarithms finite, and what is certain from outweighing everything. */
const LEAST = 1e-3;

/** log(p / (1 - p)), within +-6.9. */
export const logOdds = (p: number): number => {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, p));
  return Math.log(inside / (1 - inside));
};

/**
 * Log-odds with the part minus log-odds without it (the weight of evidence of Robnik-Sikonja and Kononenko 2008, "Explaining
 * classifications for individual instances", in nats). Log-odds and not probability: a step from .90 to .99 is as much evidence
 * as one from .50 to .91, so that a part isn't called unimportant because the others alone would nearly have been enough.
 */
export const effectOf = (whole: Distribution, without: Distribution): Effect =>
  CATEGORIES.map((_, c) => logOdds(whole[c]!) - logOdds(without[c]!));

/** Sum of effects times weights; the lists have one length. */
export const weightedSum = (effects: readonly Effect[], weights: readonly number[]): Effect =>
  CATEGORIES.map((_, c) => effects.reduce((sum, effect, i) => sum + weights[i]! * effect[c]!, 0));
