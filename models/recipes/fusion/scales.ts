/** Bringing one model's valence and arousal onto another's scale. */
import type { DimensionScale } from '#models/fusion/settings.ts';

export interface Moments {
  readonly mean: number;
  readonly sd: number;
}

/** Mean and spread of one value a category, weighted by how often the categories occur. */
export function moments(values: readonly number[], weights: readonly number[]): Moments {
  const mean = values.reduce((sum, v, i) => sum + weights[i]! * v, 0);
  const variance = values.reduce((sum, v, i) => sum + weights[i]! * (v - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(variance) };
}

/** The linear map that gives ratings with the moments `own` the moments `wanted`. */
export function matchedScale(own: Moments, wanted: Moments): Pick<DimensionScale, 'gain' | 'offset'> {
  const gain = wanted.sd / own.sd;
  return { gain, offset: wanted.mean - gain * own.mean };
}
