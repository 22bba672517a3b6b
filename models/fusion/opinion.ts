/** What one modality as a whole says: its evidence of one span brought together. */
import type { Distribution } from '#contract/emotion/categories.ts';
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { Dimension, Dimensions, Estimate } from '#contract/emotion/dimensions.ts';
import { MODALITIES } from '#contract/emotion/evidence.ts';
import type { Modality, Reading } from '#contract/emotion/evidence.ts';
import { softmax } from '../softmax.ts';
import { floored } from './opinion-pool.ts';
import type { DimensionScale, FusionSettings } from './settings.ts';

/** The part of a piece of evidence that fusion reads. */
export type Said = Pick<Reading, 'probabilities' | 'dimensions' | 'quality'> & {
  readonly modality: Modality;
};

export interface ModalityOpinion {
  readonly modality: Modality;
  readonly probabilities: Distribution;
  readonly quality: number;
  /** On Attune's scale, sds inflated by 1 / sqrt(quality). */
  readonly dimensions: Dimensions;
}

/** Opinions in the fixed order of MODALITIES; a modality without evidence of any quality is left out. */
export function opinionsByModality(evidence: readonly Said[], settings: FusionSettings): ModalityOpinion[] {
  const opinions: ModalityOpinion[] = [];
  for (const modality of MODALITIES) {
    const own = evidence.filter((e) => e.modality === modality && e.quality > 0);
    if (own.length > 0) opinions.push(opinionOf(modality, own, settings));
  }
  return opinions;
}

/**
 * Pieces of one modality share most of their errors, so they are averaged and not multiplied: log probabilities, means and variances
 * weighted by quality, and the quality-weighted mean of quality.
 */
function opinionOf(modality: Modality, own: readonly Said[], settings: FusionSettings): ModalityOpinion {
  const total = own.reduce((sum, e) => sum + e.quality, 0);
  const logs = new Array<number>(own[0]!.probabilities.length).fill(0);
  let quality = 0;
  for (const e of own) {
    const share = e.quality / total;
    quality += share * e.quality;
    floored(e.probabilities).forEach((p, c) => (logs[c] = logs[c]! + share * Math.log(p)));
  }
  const dimensions: Dimensions = {};
  for (const dimension of DIMENSIONS) {
    const scale = settings.modalities[modality].dimensions[dimension];
    const estimate = averagedDimension(own, dimension, scale, quality);
    if (estimate) dimensions[dimension] = estimate;
  }
  return { modality, probabilities: softmax(logs), quality, dimensions };
}

function averagedDimension(
  own: readonly Said[],
  dimension: Dimension,
  scale: DimensionScale,
  quality: number,
): Estimate | undefined {
  let weight = 0;
  let mean = 0;
  let variance = 0;
  for (const e of own) {
    const estimate = e.dimensions[dimension];
    if (!estimate) continue;
    weight += e.quality;
    mean += e.quality * estimate.mean;
    variance += e.quality * estimate.sd ** 2;
  }
  return weight > 0
    ? rescaled({ mean: mean / weight, sd: Math.sqrt(variance / weight) }, scale, quality)
    : undefined;
}

/** Smallest sd any single estimate is believed with, on Attune's scale. */
const SMALLEST_SD = 0.05;

/** An estimate on Attune's scale, its sd inflated so that its precision is proportional to quality (0 < quality <= 1). */
export function rescaled(estimate: Estimate, scale: DimensionScale, quality: number): Estimate {
  const mean = Math.min(1, Math.max(-1, scale.offset + scale.gain * estimate.mean));
  const sd = Math.max(SMALLEST_SD, scale.gain * scale.sdScale * estimate.sd);
  return { mean, sd: sd / Math.sqrt(quality) };
}
