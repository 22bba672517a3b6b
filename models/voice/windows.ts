import { SAMPLE_RATE_HZ } from '../sound-rate.ts';

const WINDOW_SAMPLES = 10 * SAMPLE_RATE_HZ;
const MOST_WINDOWS = 30;

/**
 * Cuts a clip into equal parts of at most 10 s: the encoder's attention grows with the square of the length. Of a clip
 * over 5 minutes, 30 parts of 10 s spread evenly over it stand for the whole.
 */
export function cutWindows(samples: Float32Array): Float32Array[] {
  const parts = Math.max(1, Math.ceil(samples.length / WINDOW_SAMPLES));
  if (parts <= MOST_WINDOWS) {
    const step = samples.length / parts;
    return Array.from({ length: parts }, (_, i) =>
      samples.subarray(Math.round(i * step), Math.round((i + 1) * step)),
    );
  }
  const stride = (samples.length - WINDOW_SAMPLES) / (MOST_WINDOWS - 1);
  return Array.from({ length: MOST_WINDOWS }, (_, i) => {
    const start = Math.round(i * stride);
    return samples.subarray(start, start + WINDOW_SAMPLES);
  });
}

/** The windows laid end to end; the very samples where nothing was left out. */
export function joined(windows: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(windows.reduce((length, window) => length + window.length, 0));
  let offset = 0;
  for (const window of windows) {
    whole.set(window, offset);
    offset += window.length;
  }
  return whole;
}
