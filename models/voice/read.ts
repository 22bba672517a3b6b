import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { Estimate } from '#contract/emotion/dimensions.ts';
import type { QualityReason, Reading } from '#contract/emotion/evidence.ts';
import type { Heads } from './heads.ts';
import type { Mixing, Opinion, VoiceSettings } from './settings.ts';
import { softmax } from '../softmax.ts';

const NEUTRAL = CATEGORIES.indexOf('neutral');

/** Everything a reading is made from. */
export interface ReadingInput {
  readonly heads: Heads;
  /** 0..1, see familiarity.ts. */
  readonly familiarity: number;
  readonly quality: number;
  readonly reasons: readonly QualityReason[];
}

/**
 * One reading from the two heads. Their logits are added with weights that also calibrate them, once as fits recordings
 * like the known ones and once as fits strange ones; the familiarity says how the two answers share.
 */
export function readUtterance(
  { heads, familiarity, quality, reasons }: ReadingInput,
  mixing: Mixing,
  settings: VoiceSettings,
  labels: readonly string[],
): Reading {
  const trust = Math.min(1, quality / settings.fullTrustFrom);
  const opinions: [number, Opinion][] = [
    [familiarity, mixing.known],
    [1 - familiarity, mixing.strange],
  ];
  const shared = opinions.map(([share, opinion]) => {
    const fine = fineProbabilities(heads, opinion);
    const category = categoryProbabilities(fine, opinion.neutralFactor, settings.categoryOfFine);
    return { share, fine: doubted(fine, opinion.doubt), category: doubted(category, opinion.doubt) };
  });
  const blend = (of: 'fine' | 'category') => {
    const parts = shared.map((each) => each[of].map((p) => each.share * p));
    return doubted(
      parts[0]!.map((p, c) => p + parts[1]![c]!),
      1 - trust,
    );
  };
  const fine = blend('fine');
  const own = mixing.known.own / (mixing.known.own + mixing.known.alone);
  const affect = (name: 'valence' | 'arousal') => own * heads.own[name] + (1 - own) * heads.alone[name];
  return {
    probabilities: blend('category'),
    fine: Object.fromEntries(labels.map((label, c) => [label, fine[c]!])),
    labels: labels.filter((_, c) => fine[c]! >= settings.fineThreshold),
    dimensions: {
      valence: dimension('valence', affect('valence'), fine, trust, settings),
      arousal: dimension('arousal', affect('arousal'), fine, trust, settings),
    },
    quality,
    reasons: [...reasons],
  };
}

function fineProbabilities({ alone, own }: Heads, opinion: Opinion): number[] {
  return softmax(alone.logits.map((logit, c) => opinion.alone * logit + opinion.own * own.logits[c]!));
}

/** A share `doubt` of every answer is no answer: the uniform distribution. */
function doubted(probabilities: readonly number[], doubt: number): number[] {
  return probabilities.map((p) => (1 - doubt) * p + doubt / probabilities.length);
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
