/**
 * One answer from both models to a text of English and Chinese words.
 *
 * The Chinese model reads the whole text, since its vocabulary holds the frequent English words; the English one what is left without
 * Chinese characters. Let p be a model's answer and b its base rates, p(e) the share of all six emotions, p(c|e) that of one among them.
 *
 * 1. Whether an emotion is expressed says the model that finds more of it beyond its base rate; in many texts the words of one language carry
 *    no feeling ("this project"), and they don't speak against those of the other:
 *
 *        logit P(e) = mean of logit b(e) + max of [logit p(e) - logit b(e)]
 *
 * 2. Which one, both say, each as far as it finds any, a = p(e) / the larger p(e):
 *
 *        log P(c|e) = mean of log b(c|e) + sum of a max(-2, log p(c|e) - log b(c|e)), made to sum to 1,
 *
 *    with a floor, since a model that knows a part of the words can't rule an emotion out ("he said I love you so much 就挂了，我哭了").
 *
 * A model that has no letter to read finds nothing.
 */
import { CATEGORIES, topCategory } from '#contract/emotion/categories.ts';
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { Dimensions } from '#contract/emotion/dimensions.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { softmax } from '../softmax.ts';
import { mixture } from './mixture.ts';
import { sigmoid } from './outputs.ts';

/** One model's part in reading a mixed text. */
export interface ModelAnswer {
  readonly reading: Reading;
  /** Of the model, for a text that is read in this way (TextModel.baseRates). */
  readonly baseRates: readonly number[];
}

/**
 * Dimensions are the mixture of both, half and half: where the two differ, the sd grows. Fine labels are those of both models, a label that
 * both have as probable as the surer one says; listed are those of the models whose own answer is the common one. No intensity, as with a Chinese text: only
 * the English model rates it, and it knows a part of the words. The quality is that of the part that is read worse.
 */
export function readTogether(answers: readonly ModelAnswer[]): Reading {
  const readings = answers.map(({ reading }) => reading);
  const probabilities = combined(answers);
  const top = topCategory(probabilities);
  const agreeing = readings.filter((reading) => topCategory(reading.probabilities) === top);
  const fine = fineOf(readings);
  return {
    probabilities,
    fine,
    labels: [...new Set(agreeing.flatMap(({ labels }) => labels))].sort((a, b) => fine[b]! - fine[a]!),
    dimensions: dimensionsOf(readings),
    quality: Math.min(...readings.map(({ quality }) => quality)),
    reasons: [...new Set(readings.flatMap(({ reasons }) => reasons))],
  };
}

const NEUTRAL = CATEGORIES.indexOf('neutral');
const EMOTIONS = CATEGORIES.flatMap((_, c) => (c === NEUTRAL ? [] : [c]));

const FLOOR = -2;

/** Log odds of an emotion, and logs of the emotions among themselves. */
function partsOf(p: readonly number[]): { odds: number; emotions: number[] } {
  const kept = p.map((x) => Math.max(x, 1e-9));
  const all = EMOTIONS.reduce((sum, c) => sum + kept[c]!, 0);
  return { odds: Math.log(all / kept[NEUTRAL]!), emotions: EMOTIONS.map((c) => Math.log(kept[c]! / all)) };
}

function combined(answers: readonly ModelAnswer[]): number[] {
  const bases = answers.map(({ baseRates }) => partsOf(baseRates));
  const found = answers.flatMap(({ reading, baseRates }) => {
    if (reading.quality === 0) return [];
    const [own, base] = [partsOf(reading.probabilities), partsOf(baseRates)];
    return {
      odds: own.odds - base.odds,
      emotional: sigmoid(own.odds),
      emotions: own.emotions.map((x, e) => Math.max(FLOOR, x - base.emotions[e]!)),
    };
  });
  const most = Math.max(...found.map(({ emotional }) => emotional));
  const mean = (of: (base: (typeof bases)[number]) => number): number =>
    bases.reduce((sum, base) => sum + of(base), 0) / bases.length;
  const odds = mean((base) => base.odds) + (found.length > 0 ? Math.max(...found.map((f) => f.odds)) : 0);
  const among = softmax(
    EMOTIONS.map((_, e) =>
      found.reduce(
        (sum, f) => sum + (f.emotional / most) * f.emotions[e]!,
        mean((base) => base.emotions[e]!),
      ),
    ),
    1,
  );
  const emotional = sigmoid(odds);
  return CATEGORIES.map((_, c) => (c === NEUTRAL ? 1 - emotional : emotional * among[EMOTIONS.indexOf(c)]!));
}

function fineOf(readings: readonly Reading[]): Record<string, number> {
  const labels = new Set(readings.flatMap(({ fine }) => Object.keys(fine)));
  const highest = (label: string): number => Math.max(...readings.map(({ fine }) => fine[label] ?? 0));
  return Object.fromEntries([...labels].map((label) => [label, highest(label)]));
}

function dimensionsOf(readings: readonly Reading[]): Dimensions {
  const found: Dimensions = {};
  for (const d of DIMENSIONS) {
    const estimates = readings.flatMap(({ dimensions }) => dimensions[d] ?? []);
    const shares = estimates.map(() => 1 / estimates.length);
    if (estimates.length > 0) found[d] = mixture(estimates, shares);
  }
  return found;
}
