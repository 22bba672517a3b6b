/** Which frames belong to which token, where both are in order: dynamic programming over a table of scores. */

/**
 * The first frame of each token, so that the scores of all frames add up to the most; every token has a frame at least, and every frame
 * one token.
 * @param scores one row a token, a score a frame; empty where there are more tokens than frames
 */
export function firstFrames(scores: readonly Float32Array[]): number[] {
  const tokens = scores.length;
  const frames = scores[0]?.length ?? 0;
  if (tokens > frames) return [];
  /** Whether the best way to (token, frame) begins the token there. */
  const begins = new Uint8Array(tokens * frames);
  let before = new Float64Array(frames).fill(-Infinity);
  for (let token = 0; token < tokens; token++) {
    const best = new Float64Array(frames).fill(-Infinity);
    for (let frame = token; frame < frames; frame++) {
      const stay = frame > token ? best[frame - 1]! : -Infinity;
      const begin = frame === 0 ? 0 : token === 0 ? -Infinity : before[frame - 1]!;
      best[frame] = Math.max(stay, begin) + scores[token]![frame]!;
      if (begin > stay) begins[token * frames + frame] = 1;
    }
    before = best;
  }
  const first: number[] = new Array<number>(tokens).fill(0);
  for (let frame = frames - 1, token = tokens - 1; token > 0; frame--)
    if (begins[token * frames + frame]) first[token--] = frame;
  return first;
}
