/** Which frames belong to what, where both come in order: the best way through a table of scores (Viterbi). */

export interface Stretch {
  /** A score a frame. */
  scores: ArrayLike<number>;
  /** May have no frame at all; never two such in a row. */
  optional: boolean;
}
/** Half-open. */
export interface FrameRange {
  from: number;
  to: number;
}

const IMPOSSIBLE = -Infinity;

/**
 * The frames of each stretch, so that their scores add up to the most and every frame belongs to one stretch; null for one that has
 * none. Empty where there are fewer frames than stretches that need one.
 */
export function aligned(stretches: readonly Stretch[], frames: number): (FrameRange | null)[] {
  const count = stretches.length;
  if (stretches.filter(({ optional }) => !optional).length > frames || frames === 0) return [];
  /** Steps back to the stretch of the frame before: 0, 1, or 2 over an optional one. */
  const back = new Uint8Array(count * frames);
  let best = Float64Array.from(stretches, ({ scores }, i) =>
    i === 0 || (i === 1 && stretches[0]!.optional) ? scores[0]! : IMPOSSIBLE,
  );
  for (let frame = 1; frame < frames; frame++) {
    const next = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const mayLeap = i >= 2 && stretches[i - 1]!.optional;
      const from = [best[i]!, best[i - 1] ?? IMPOSSIBLE, mayLeap ? best[i - 2]! : IMPOSSIBLE];
      const steps = from.indexOf(Math.max(...from));
      back[i * frames + frame] = steps;
      next[i] = from[steps]! + stretches[i]!.scores[frame]!;
    }
    best = next;
  }
  const skipsLast = stretches[count - 1]!.optional && (best[count - 2] ?? IMPOSSIBLE) > best[count - 1]!;
  const ranges: (FrameRange | null)[] = stretches.map(() => null);
  for (let frame = frames - 1, i = skipsLast ? count - 2 : count - 1; frame >= 0; frame--) {
    ranges[i] = { from: frame, to: ranges[i]?.to ?? frame + 1 };
    i -= back[i * frames + frame]!;
  }
  return ranges;
}
