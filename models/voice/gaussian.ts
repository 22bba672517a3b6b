import type { LatentClasses } from './settings.ts';

/** Log likelihood, up to a constant, of a latent vector under each class with the given variances (diagonal). */
export function classLogLikelihoods(
  latent: Float32Array,
  offset: Float64Array,
  variance: Float64Array,
  classes: LatentClasses,
): number[] {
  return classes.means.map((mean) => {
    let distance = 0;
    for (let d = 0; d < mean.length; d++) {
      distance += (latent[d]! - offset[d]! - mean[d]!) ** 2 / variance[d]!;
    }
    return -distance / 2;
  });
}

/** Probabilities from log scores. */
export function softmax(logs: readonly number[]): number[] {
  const highest = Math.max(...logs);
  const powers = logs.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}
