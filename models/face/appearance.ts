import type { Box, Frame } from './frame.ts';

const CELLS = 4;
const SAMPLES = 4;

/**
 * A face and what is around it (hair, collar) as 4 x 4 mean colours, 48 values 0..1: too coarse to know a person by, enough to tell
 * two people in one picture apart and to notice a cut.
 */
export function describeAppearance(frame: Frame, box: Box): Float32Array {
  const out = new Float32Array(CELLS * CELLS * 3);
  const left = box.x - 0.2 * box.width;
  const top = box.y - 0.2 * box.height;
  const points = CELLS * SAMPLES;
  for (let v = 0; v < points; v++)
    for (let u = 0; u < points; u++) {
      const x = clamp(left + (1.4 * box.width * (u + 0.5)) / points, frame.width);
      const y = clamp(top + (1.6 * box.height * (v + 0.5)) / points, frame.height);
      const cell = (Math.floor(v / SAMPLES) * CELLS + Math.floor(u / SAMPLES)) * 3;
      const source = (y * frame.width + x) * 3;
      for (let c = 0; c < 3; c++) out[cell + c]! += frame.rgb[source + c]! / (255 * SAMPLES * SAMPLES);
    }
  return out;
}

/** Mean absolute difference of two descriptions, 0..1; 0 where their lengths differ (nothing is known). */
export function appearanceDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

const clamp = (value: number, size: number): number => Math.max(0, Math.min(size - 1, Math.floor(value)));
