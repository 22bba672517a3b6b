import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { Estimate } from '#contract/emotion/dimensions.ts';
import type { QualityReason, Reading } from '#contract/emotion/evidence.ts';
import type { SpeakerBaseline } from './baseline.ts';
import { classLogLikelihoods, softmax } from './gaussian.ts';
import type { LatentClasses, Mixing, VoiceSettings } from './settings.ts';

const NEUTRAL = CATEGORIES.indexOf('neutral');

/** One utterance's part of the head's outputs. */
export interface HeadOutput {
  readonly fineLogits: readonly number[];
  readonly valence: number;
  readonly arousal: number;
}

/** Everything a reading is made from. */
export interface ReadingInput {
  readonly latent: Float32Array;
  readonly head: HeadOutput;
  readonly quality: number;
  readonly reasons: readonly QualityReason[];
}

/** Brings the net's and the Gaussian classes' opinions together: a weighted sum of logarithms, calibrated by its weights. */
export function readUtterance(
  { latent, head, quality, reasons }: ReadingInput,
  speaker: SpeakerBaseline,
  mixing: Mixing,
  settings: VoiceSettings,
  labels: readonly string[],
  classes: LatentClasses,
): Reading {
  const spread = speaker.variance.map((v) => 1 + v);
  const gaussian = classLogLikelihoods(latent, speaker.offset, spread, classes);
  const net = head.fineLogits;
  const own = softmax(net.map((logit, c) => mixing.net * logit + mixing.gaussian * gaussian[c]!));
  const trust = Math.min(1, quality / settings.fullTrustFrom);
  const share = trust * (1 - mixing.doubt);
  const fine = own.map((p) => share * p + (1 - share) / own.length);
  const probabilities = categoryProbabilities(own, mixing.neutralFactor, settings.categoryOfFine).map(
    (p) => share * p + (1 - share) / CATEGORIES.length,
  );
  return {
    probabilities,
    fine: Object.fromEntries(labels.map((label, c) => [label, fine[c]!])),
    labels: labels.filter((_, c) => fine[c]! >= settings.fineThreshold),
    dimensions: {
      valence: dimension('valence', head.valence, own, trust, settings),
      arousal: dimension('arousal', head.arousal, own, trust, settings),
    },
    quality,
    reasons: [...reasons],
  };
}

function categoryProbabilities(
  fine: readonly number[],
  neutralFactor: number,
  categoryOfFine: readonly number[],
): number[] {
  const sums = CATEGORIES.map((_, category) =>
    fine.reduce((sum, p, c) => sum + (categoryOfFine[c] === category ? p : 0), 0),
  );
  sums[NEUTRAL]! *= neutralFactor;
  const whole = sums.reduce((a, b) => a + b, 0);
  return sums.map((sum) => sum / whole);
}

function dimension(
  name: 'valence' | 'arousal',
  regressed: number,
  fine: readonly number[],
  trust: number,
  { circumplex, dimensionSd, unknown }: VoiceSettings,
): Estimate {
  let variance = 0;
  fine.forEach((p, c) => (variance += p * (circumplex[c]![name] - regressed) ** 2));
  const sd2 = dimensionSd[name] ** 2 + dimensionSd.spread * variance;
  const mean = trust * regressed + (1 - trust) * unknown[name].mean;
  return {
    mean: Math.max(-1, Math.min(1, mean)),
    sd: Math.sqrt(trust * sd2 + (1 - trust) * unknown[name].sd ** 2),
  };
}
