import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { frameCount, HOP_SAMPLES } from './frames.ts';

/** Fundamental frequency of each 20 ms frame. */
export interface PitchTrack {
  /** Hz, 0 where the frame is not periodic. */
  readonly frequencyHz: Float32Array;
  /** Height of the chosen correlation peak, 0..1: how periodic the frame is. */
  readonly periodicity: Float32Array;
}

const RATE_HZ = SAMPLE_RATE_HZ / 2;
const HOP = HOP_SAMPLES / 2;
const WINDOW = RATE_HZ / 40;
const SHORTEST_LAG = 13;
const LONGEST_LAG = 134;
const VOICED_FROM = 0.5;
/** A shorter lag wins over a longer one when its peak is at least this share of the highest: avoids octave errors downwards. */
const SHORT_LAG_SHARE = 0.87;

/**
 * Pitch by normalised cross-correlation between 60 and 600 Hz at 8 kHz (Talkin 1995, "A robust algorithm for pitch
 * tracking", section 2), with a parabola through the peak and a median over three frames.
 */
export function trackPitch(samples: Float32Array): PitchTrack {
  const half = halved(samples);
  const frames = frameCount(samples.length);
  const frequencyHz = new Float32Array(frames);
  const periodicity = new Float32Array(frames);
  const correlation = new Float64Array(LONGEST_LAG + 2);
  for (let frame = 0; frame < frames; frame++) {
    correlate(half, frame * HOP, correlation);
    const lag = chooseLag(correlation);
    const height = lag > 0 ? correlation[lag]! : 0;
    periodicity[frame] = Math.max(0, Math.min(1, height));
    if (height >= VOICED_FROM) frequencyHz[frame] = RATE_HZ / refined(correlation, lag);
  }
  return { frequencyHz: medianOfThree(frequencyHz), periodicity };
}

/** Half the sample rate, each output the mean of two neighbours: enough of a low-pass for pitch. */
function halved(samples: Float32Array): Float32Array {
  const half = new Float32Array(samples.length >> 1);
  for (let i = 0; i < half.length; i++) half[i] = (samples[2 * i]! + samples[2 * i + 1]!) / 2;
  return half;
}

function correlate(signal: Float32Array, start: number, into: Float64Array): void {
  into.fill(0);
  const end = start + WINDOW;
  if (end + LONGEST_LAG + 1 > signal.length) return;
  let energy = 0;
  for (let i = start; i < end; i++) energy += signal[i]! * signal[i]!;
  if (energy < 1e-7) return;
  let lagged = 0;
  for (let i = start + SHORTEST_LAG - 1; i < end + SHORTEST_LAG - 1; i++) lagged += signal[i]! * signal[i]!;
  for (let lag = SHORTEST_LAG - 1; lag <= LONGEST_LAG + 1; lag++) {
    let product = 0;
    for (let i = start; i < end; i++) product += signal[i]! * signal[i + lag]!;
    into[lag] = product / Math.sqrt(energy * Math.max(lagged, 1e-9));
    lagged += signal[end + lag]! ** 2 - signal[start + lag]! ** 2;
  }
}

function chooseLag(correlation: Float64Array): number {
  let highest = 0;
  const isPeak = (lag: number) =>
    correlation[lag]! > 0 &&
    correlation[lag]! >= correlation[lag - 1]! &&
    correlation[lag]! > correlation[lag + 1]!;
  for (let lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
    if (isPeak(lag)) highest = Math.max(highest, correlation[lag]!);
  }
  for (let lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
    if (isPeak(lag) && correlation[lag]! >= SHORT_LAG_SHARE * highest) return lag;
  }
  return 0;
}

function refined(correlation: Float64Array, lag: number): number {
  const [before, at, after] = [correlation[lag - 1]!, correlation[lag]!, correlation[lag + 1]!];
  const curvature = before - 2 * at + after;
  return curvature < 0 ? lag + (0.5 * (before - after)) / curvature : lag;
}

function medianOfThree(values: Float32Array): Float32Array {
  return values.map((value, i) => {
    const a = values[i - 1] ?? value;
    const b = values[i + 1] ?? value;
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), value));
  });
}
