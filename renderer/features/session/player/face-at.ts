/** Where a tracked face is at a time: the observations around it, blended. */
import type { FaceTrack } from '#contract/analysis/result.ts';
import type { Milliseconds } from '#contract/units.ts';
import { lastStartingBy } from '../../../lib/timeline/hit.ts';

export interface SeenFace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly quality: number;
  readonly probabilities: readonly number[];
}

/** A face that was not observed for this long is not drawn. */
const LOST_MS = 700;

export function faceAt(face: FaceTrack, timeMs: Milliseconds): SeenFace | null {
  const i = Math.max(0, lastStartingBy(face.timesMs, timeMs));
  const before = face.timesMs[i];
  if (before === undefined || Math.abs(timeMs - before) > LOST_MS) return null;
  const after = face.timesMs[i + 1];
  const blend =
    after === undefined || after - before > LOST_MS || timeMs < before
      ? 0
      : (timeMs - before) / (after - before);
  const j = blend === 0 ? i : i + 1;
  const mix = (column: readonly number[]): number => column[i]! + (column[j]! - column[i]!) * blend;
  return {
    x: mix(face.x),
    y: mix(face.y),
    width: mix(face.width),
    height: mix(face.height),
    quality: face.quality[i]!,
    probabilities: face.probabilities[i]!,
  };
}
