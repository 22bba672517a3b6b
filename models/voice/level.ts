import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { activeFrames, frameLevelsDb, FRAME_SAMPLES, HOP_SAMPLES } from './frames.ts';
import { quantile } from './statistics.ts';

const TARGET_RMS = 0.1;
const MARGIN_SAMPLES = SAMPLE_RATE_HZ / 10;

/** A copy without NaN, infinities, values far beyond full scale and the mean (DC offset). */
export function cleaned(samples: Float32Array): Float32Array {
  const clean = new Float32Array(samples.length);
  let sum = 0;
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!;
    clean[i] = Number.isFinite(value) ? Math.max(-8, Math.min(8, value)) : 0;
    sum += clean[i]!;
  }
  const offset = samples.length > 0 ? sum / samples.length : 0;
  for (let i = 0; i < clean.length; i++) clean[i]! -= offset;
  return clean;
}

/** The part from the first to the last active frame with 100 ms around it: how much silence a clip carries is not emotion. */
export function trimmed(samples: Float32Array): Float32Array {
  const levels = frameLevelsDb(samples);
  const active = activeFrames(levels, quantile(levels, 0.95));
  const first = active.indexOf(true);
  if (first < 0) return samples;
  const start = first * HOP_SAMPLES - MARGIN_SAMPLES;
  const end = active.lastIndexOf(true) * HOP_SAMPLES + FRAME_SAMPLES + MARGIN_SAMPLES;
  return samples.subarray(Math.max(0, start), Math.min(samples.length, end));
}

/** A copy scaled to a root mean square of .1 and clipped to [-1, 1]; recordings differ in gain far more than in loudness. */
export function levelled(samples: Float32Array): Float32Array {
  let energy = 0;
  for (const value of samples) energy += value * value;
  const gain = TARGET_RMS / (Math.sqrt(energy / Math.max(1, samples.length)) + 1e-6);
  return samples.map((value) => Math.max(-1, Math.min(1, value * gain)));
}
