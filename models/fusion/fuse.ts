/** The fusion of text, voice and face: one emotion reading with its confidence, its dispute and everybody's share in it. */
import { argmax, CATEGORIES } from '#contract/emotion/categories.ts';
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { Distribution } from '#contract/emotion/categories.ts';
import type { Dimensions } from '#contract/emotion/dimensions.ts';
import type { Contribution, Fused } from '#contract/emotion/fused.ts';
import { jensenShannonBits } from './disagreement.ts';
import { inverseVarianceMean } from './inverse-variance.ts';
import { discounted, opinionPool } from './opinion-pool.ts';
import type { Opinion } from './opinion-pool.ts';
import { opinionsByModality } from './opinion.ts';
import type { ModalityOpinion, Said } from './opinion.ts';
import type { FusionSettings } from './settings.ts';
import { shapleyValues } from './shapley.ts';

/** Contributions that sum to less than this are rounding errors. */
const NO_GAIN_NATS = 1e-9;

/**
 * Brings evidence about one span together. The order of the evidence doesn't matter; evidence of quality 0 drops out; no evidence at all
 * gives the prior, abstained.
 *
 * Categories: `opinionPool` with exponents weight x quality, `discounted` where several modalities speak. Dimensions: `inverseVarianceMean`. Disagreement: `jensenShannonBits` of what each
 * modality would say alone at quality 1, weighted by its exponent. Contributions: exact Shapley values of log p(top).
 */
export const fuse = (evidence: readonly Said[], settings: FusionSettings): Fused =>
  fusedOpinions(opinionsByModality(evidence, settings), settings);

/** The same from what each modality as a whole says. */
export function fusedOpinions(modalities: readonly ModalityOpinion[], settings: FusionSettings): Fused {
  const opinions = modalities.map((m) => toOpinion(m, settings));
  const probabilities = pooled(opinions, settings);
  const top = argmax(probabilities);
  const confidence = probabilities[top]!;
  const quality = modalities.reduce((best, m) => Math.max(best, m.quality), 0);
  const alone = opinions.map((o, i) =>
    pooled([{ ...o, exponent: o.exponent / modalities[i]!.quality }], settings),
  );
  return {
    probabilities,
    dimensions: fusedDimensions(modalities),
    top: CATEGORIES[top]!,
    confidence,
    abstained: quality < settings.minimumQuality || confidence < settings.abstainBelow,
    disagreementBits: jensenShannonBits(
      alone,
      opinions.map((o) => o.exponent),
    ),
    contributions: contributionsTo(top, modalities, opinions, settings),
  };
}

function toOpinion(m: ModalityOpinion, settings: FusionSettings): Opinion {
  const { weight, baseRate } = settings.modalities[m.modality];
  return { probabilities: m.probabilities, baseRate, exponent: weight * m.quality };
}

function pooled(opinions: readonly Opinion[], { prior, errorCorrelation }: FusionSettings): Distribution {
  return opinionPool(prior, discounted(opinions, errorCorrelation));
}

function fusedDimensions(modalities: readonly ModalityOpinion[]): Dimensions {
  const dimensions: Dimensions = {};
  for (const dimension of DIMENSIONS) {
    const estimate = inverseVarianceMean(modalities.flatMap((m) => m.dimensions[dimension] ?? []));
    if (estimate) dimensions[dimension] = estimate;
  }
  return dimensions;
}

/** value(coalition) = log p(top) when only those modalities had spoken; the empty coalition is the prior. */
function contributionsTo(
  top: number,
  modalities: readonly ModalityOpinion[],
  opinions: readonly Opinion[],
  settings: FusionSettings,
): Contribution[] {
  const nats = shapleyValues(opinions.length, (coalition) => {
    const present = opinions.filter((_, i) => coalition & (1 << i));
    return Math.log(pooled(present, settings)[top]!);
  });
  const total = nats.reduce((sum, x) => sum + Math.abs(x), 0);
  return modalities.map((m, i) => ({
    modality: m.modality,
    quality: m.quality,
    shapleyNats: nats[i]!,
    share: total > NO_GAIN_NATS ? Math.abs(nats[i]!) / total : 1 / modalities.length,
  }));
}
