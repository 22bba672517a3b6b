import type { VoiceStatistics } from './settings.ts';

/** Utterances' weights per class below this share of one utterance say nothing. */
const LEAST_COUNT = 1e-3;

/**
 * Posterior mean of a speaker's offset in the latent space, given how the utterances divide among the classes.
 *
 * Model: latent = class mean + speaker's offset + the speaker's habit in this class + noise, all Gaussian with diagonal
 * covariances (a two-covariance PLDA, Brummer and de Villiers 2010, "The speaker partitioning problem", section 2, with
 * emotion as the class, widened by the habit). Each class is one witness of the offset, with variance
 * `habit + noise / count`: a speaker who is angry most of the time does not become a speaker whose calm sounds sad.
 *
 * @param shares for each utterance the probabilities of the classes
 * @param weights 0..1, what each utterance counts (its quality)
 */
export function inferOffset(
  latents: readonly Float32Array[],
  shares: readonly (readonly number[])[],
  weights: readonly number[],
  { means, offset, habit, noise }: VoiceStatistics,
): Float32Array {
  const total = new Float64Array(offset.length);
  const precision = Float64Array.from(offset, (variance) => 1 / variance);
  means.forEach((mean, c) => {
    const counts = shares.map((of, i) => of[c]! * weights[i]!);
    const count = counts.reduce((a, b) => a + b, 0);
    if (count <= LEAST_COUNT) return;
    const sum = new Float64Array(offset.length);
    latents.forEach((latent, i) => {
      for (let d = 0; d < sum.length; d++) sum[d]! += counts[i]! * latent[d]!;
    });
    for (let d = 0; d < sum.length; d++) {
      const sure = 1 / (habit[d]! + noise[d]! / count);
      total[d]! += sure * (sum[d]! / count - mean[d]!);
      precision[d]! += sure;
    }
  });
  return Float32Array.from(total, (value, d) => value / precision[d]!);
}
