/**
 * What Whisper hears: 30 s of log-mel spectrum (Radford et al. 2022, section 2.2; Slaney's mel scale and area norm as in librosa). The
 * reference for every number here is transformers.js' feature extractor, which a test compares it with.
 */
import { SAMPLE_RATE_HZ } from '../../sound-rate.ts';

const WINDOW = 400;
const HOP = 160;
const BINS = WINDOW / 2 + 1;
const HIGHEST_HZ = 8000;
export const WINDOW_SAMPLES = 30 * SAMPLE_RATE_HZ;
const FRAMES = WINDOW_SAMPLES / HOP;
const FLOOR = 1e-10;
/** Powers of ten below the loudest that are told apart. */
const RANGE = 8;

const hann = Float64Array.from(
  { length: WINDOW },
  (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW),
);
/** cos and sin of 2 pi m / WINDOW: the transform needs no others. */
const cosines = Float64Array.from({ length: WINDOW }, (_, m) => Math.cos((2 * Math.PI * m) / WINDOW));
const sines = Float64Array.from({ length: WINDOW }, (_, m) => Math.sin((2 * Math.PI * m) / WINDOW));

interface Band {
  firstBin: number;
  weights: Float64Array;
}
const banksBySize = new Map<number, Band[]>();

/**
 * @param samples 16 kHz mono, 30 s at most are heard; silence follows
 * @returns row-major [bands, 3000]
 */
export function logMel(samples: Float32Array, bands: number): Float32Array {
  const bank = bankOf(bands);
  const out = new Float32Array(bands * FRAMES).fill(Math.log10(FLOOR));
  const sounding = Math.min(FRAMES, Math.ceil((Math.min(samples.length, WINDOW_SAMPLES) + WINDOW / 2) / HOP));
  let loudest = Math.log10(FLOOR);
  for (let frame = 0; frame < sounding; frame++) {
    const power = spectrum(samples, frame * HOP - WINDOW / 2);
    for (const [band, { firstBin, weights }] of bank.entries()) {
      let energy = 0;
      for (let i = 0; i < weights.length; i++) energy += weights[i]! * power[firstBin + i]!;
      const level = Math.log10(Math.max(FLOOR, energy));
      out[band * FRAMES + frame] = level;
      if (level > loudest) loudest = level;
    }
  }
  return out.map((level) => (Math.max(level, loudest - RANGE) + 4) / 4);
}

/** Power of each bin of the window that begins there; what lies before the start is mirrored, after the end it is silent. */
function spectrum(samples: Float32Array, from: number): Float64Array {
  const at = (n: number): number => {
    const place = Math.abs(from + n);
    return place < WINDOW_SAMPLES ? (samples[place] ?? 0) * hann[n]! : 0;
  };
  // The window is real: what lies as far before its middle as behind it shares a factor.
  const half = WINDOW / 2;
  const even = new Float64Array(half + 1);
  const odd = new Float64Array(half + 1);
  even[0] = at(0);
  even[half] = at(half);
  for (let n = 1; n < half; n++) {
    const [a, b] = [at(n), at(WINDOW - n)];
    even[n] = a + b;
    odd[n] = a - b;
  }
  const power = new Float64Array(BINS);
  for (let bin = 0; bin < BINS; bin++) {
    let real = 0;
    let imaginary = 0;
    for (let n = 0, m = 0; n <= half; n++) {
      real += even[n]! * cosines[m]!;
      imaginary += odd[n]! * sines[m]!;
      m += bin;
      if (m >= WINDOW) m -= WINDOW;
    }
    power[bin] = real * real + imaginary * imaginary;
  }
  return power;
}

/** Triangles over the bins, evenly spaced in mel, each of area 1. */
function bankOf(bands: number): Band[] {
  const known = banksBySize.get(bands);
  if (known) return known;
  const top = melOf(HIGHEST_HZ);
  const corners = Array.from({ length: bands + 2 }, (_, i) => hzOf((top * i) / (bands + 1)));
  const hzPerBin = SAMPLE_RATE_HZ / WINDOW;
  const bank = Array.from({ length: bands }, (_, band): Band => {
    const [low, middle, high] = corners.slice(band, band + 3) as [number, number, number];
    const firstBin = Math.ceil(low / hzPerBin);
    const lastBin = Math.min(BINS - 1, Math.floor(high / hzPerBin));
    const weights = Float64Array.from({ length: Math.max(0, lastBin - firstBin + 1) }, (_, i) => {
      const hz = (firstBin + i) * hzPerBin;
      const height = Math.min((hz - low) / (middle - low), (high - hz) / (high - middle));
      return (Math.max(0, height) * 2) / (high - low);
    });
    return { firstBin, weights };
  });
  banksBySize.set(bands, bank);
  return bank;
}

/** Linear to 1 kHz (15 mel), then logarithmic: 27 mel are a factor of 6.4. */
const MEL_PER_HZ = 3 / 200;
const BREAK_HZ = 1000;
const MEL_PER_LOG = 27 / Math.log(6.4);
const melOf = (hz: number): number =>
  hz < BREAK_HZ ? hz * MEL_PER_HZ : BREAK_HZ * MEL_PER_HZ + Math.log(hz / BREAK_HZ) * MEL_PER_LOG;
const hzOf = (mel: number): number =>
  mel < BREAK_HZ * MEL_PER_HZ
    ? mel / MEL_PER_HZ
    : BREAK_HZ * Math.exp((mel - BREAK_HZ * MEL_PER_HZ) / MEL_PER_LOG);
