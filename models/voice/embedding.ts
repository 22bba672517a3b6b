import { AttuneError } from '#contract/errors.ts';
import type { PreparedClip } from './clip.ts';
import { pool } from './pooling.ts';
import type { LayerOutput } from './pooling.ts';

/**
 * The features of one utterance: for each encoder layer the mean and the standard deviation of its channels over time,
 * then prosody. `layers[k]` holds layer k's output of every encoder run of the clip.
 * @throws AttuneError 'model-incompatible' when their number is not `count`
 */
export function voiceFeatures(
  layers: readonly (readonly LayerOutput[])[],
  prosody: PreparedClip['prosody'],
  count: number,
): Float32Array {
  const features = new Float32Array(count);
  let offset = 0;
  const append = (part: Float32Array) => {
    if (offset + part.length <= count) features.set(part, offset);
    offset += part.length;
  };
  for (const windows of layers) {
    const { mean, deviation } = pool(windows);
    append(mean);
    append(deviation);
  }
  append(prosody);
  if (offset === count) return features.map((value) => (Number.isFinite(value) ? value : 0));
  throw new AttuneError('model-incompatible', "The voice model doesn't fit the speech recogniser.");
}
