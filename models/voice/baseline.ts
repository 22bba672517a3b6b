import { classLogLikelihoods, softmax } from './gaussian.ts';
import type { LatentClasses, VoiceSettings } from './settings.ts';

/** What is known of a speaker's own voice: the posterior of their offset in the latent space. */
export interface SpeakerBaseline {
  readonly offset: Float64Array;
  readonly variance: Float64Array;
}

/** A speaker of whom nothing is known: no offset, with the variance it has over speakers. */
export function unknownSpeaker(classes: LatentClasses): SpeakerBaseline {
  return {
    offset: new Float64Array(classes.offsetVariance.length),
    variance: Float64Array.from(classes.offsetVariance),
  };
}

/**
 * Infers a speaker's offset together with the emotion of each utterance, by turns: the classes of the utterances given
 * the offset, and the Gaussian posterior of the offset given the classes. Because emotion is inferred too, a speaker
 * who is angry most of the time does not become a speaker whose calm sounds sad, as with plain normalisation.
 * Model: Brummer and de Villiers 2010, "The speaker partitioning problem", section 2, with the emotion as the class,
 * noise white and offsets diagonal. Utterances count by `weights` (0..1, their quality).
 */
export function inferBaseline(
  latents: readonly Float32Array[],
  weights: readonly number[],
  classes: LatentClasses,
  { independence, rounds }: VoiceSettings['baseline'],
): SpeakerBaseline {
  const { offset, variance: prior } = unknownSpeaker(classes);
  const counts = weights.map((weight) => weight * independence);
  const total = counts.reduce((a, b) => a + b, 0);
  const variance = prior.map((v) => v / (1 + total * v));
  let spread = prior.map((v) => 1 + v);
  for (let round = 0; round < rounds; round++) {
    const residual = new Float64Array(offset.length);
    latents.forEach((latent, i) => {
      const shares = softmax(classLogLikelihoods(latent, offset, spread, classes));
      for (let d = 0; d < residual.length; d++) {
        let expected = 0;
        for (let c = 0; c < shares.length; c++) expected += shares[c]! * classes.means[c]![d]!;
        residual[d]! += counts[i]! * (latent[d]! - expected);
      }
    });
    for (let d = 0; d < offset.length; d++) offset[d] = variance[d]! * residual[d]!;
    spread = variance.map((v) => 1 + v);
  }
  return { offset, variance };
}
