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

/** Whom each voice is most like, one to one, from the likest pair down; none below `suggestFrom`, and no pair that `mayBe` denies. */
export function mostAlike<H extends { values: Float32Array }, K extends { values: Float32Array }>(
  heard: readonly H[],
  known: readonly K[],
  suggestFrom: number,
  mayBe: (heard: H, known: K) => boolean,
): { heard: H; known: K; similarity: number }[] {
  const likely = known
    .flatMap((k) => heard.filter((h) => mayBe(h, k)).map((h) => ({ heard: h, known: k })))
    .map((pair) => ({ ...pair, similarity: similarity(pair.heard.values, pair.known.values) }))
    .filter((pair) => pair.similarity >= suggestFrom)
    .sort((a, b) => b.similarity - a.similarity);
  const taken: typeof likely = [];
  for (const pair of likely)
    if (!taken.some((other) => other.heard === pair.heard || other.known === pair.known)) taken.push(pair);
  return taken;
}
