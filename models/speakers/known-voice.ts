/** One person's voice as a direction in the voice space, comparable across recordings. */
import type { SpeakerSettings } from './settings.ts';

/** Mean of the windows' places from the middle of all voices, of length 1. @throws RangeError without windows */
export function voiceDirection(
  windows: readonly Float32Array[],
  { known }: Pick<SpeakerSettings, 'known'>,
): Float32Array {
  if (windows.length === 0) throw new RangeError('A voice is made of windows of speech.');
  const mean = Float64Array.from(
    known.centre,
    (centre, d) => windows.reduce((sum, window) => sum + window[d]!, 0) / windows.length - centre,
  );
  const length = Math.hypot(...mean);
  return Float32Array.from(mean, (value) => (length > 0 ? value / length : 0));
}

/** Cosine, in [-1, 1]. */
export const similarity = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, d) => sum + value * b[d]!, 0);

/** Whom each voice is most like, one to one, from the likest pair down; none below `suggestFrom`. */
export function mostAlike(
  heard: readonly Float32Array[],
  known: readonly Float32Array[],
  suggestFrom: number,
): { heard: number; known: number; similarity: number }[] {
  const pairs = heard.flatMap((a, i) =>
    known.map((b, k) => ({ heard: i, known: k, similarity: similarity(a, b) })),
  );
  const likely = pairs.filter((pair) => pair.similarity >= suggestFrom);
  const taken: typeof pairs = [];
  for (const pair of likely.sort((a, b) => b.similarity - a.similarity))
    if (!taken.some((other) => other.heard === pair.heard || other.known === pair.known)) taken.push(pair);
  return taken;
}
