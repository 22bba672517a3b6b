import { SAMPLE_RATE_HZ } from '../sound-rate.ts';

/** Length of one analysis frame in samples (32 ms; a power of two, for the spectrum). */
export const FRAME_SAMPLES = 512;
/** Distance between the starts of two frames in samples (20 ms). */
export const HOP_SAMPLES = 320;
export const FRAMES_PER_SECOND = SAMPLE_RATE_HZ / HOP_SAMPLES;
/** Frames below this level count as digital silence. */
export const SILENCE_DB = -80;

const SPEECH_RANGE_DB = 30;

/** Number of whole frames in `length` samples; a shorter signal still has one frame, filled up with zeros. */
export function frameCount(length: number): number {
  return length === 0 ? 0 : Math.max(1, Math.floor((length - FRAME_SAMPLES) / HOP_SAMPLES) + 1);
}

/** Copies frame `index` into `into` (FRAME_SAMPLES long), with zeros past the end. */
export function readFrame(samples: Float32Array, index: number, into: Float32Array): void {
  const start = index * HOP_SAMPLES;
  const part = samples.subarray(start, start + FRAME_SAMPLES);
  into.set(part);
  into.fill(0, part.length);
}

/** Root mean square of each frame in dB relative to full scale, not below SILENCE_DB - 20. */
export function frameLevelsDb(samples: Float32Array): Float32Array {
  const levels = new Float32Array(frameCount(samples.length));
  for (let frame = 0; frame < levels.length; frame++) {
    const start = frame * HOP_SAMPLES;
    const end = Math.min(start + FRAME_SAMPLES, samples.length);
    let energy = 0;
    for (let i = start; i < end; i++) energy += samples[i]! * samples[i]!;
    levels[frame] = 10 * Math.log10(energy / FRAME_SAMPLES + 1e-10);
  }
  return levels;
}

/** Frames within 30 dB of the loud ones (95th percentile) and above digital silence. */
export function activeFrames(levelsDb: Float32Array, loudDb: number): boolean[] {
  const floor = Math.max(loudDb - SPEECH_RANGE_DB, SILENCE_DB);
  return Array.from(levelsDb, (level) => level > floor);
}
