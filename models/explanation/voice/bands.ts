/** Four bands of a sound, as signals that add up to it: what is taken out of one is taken out of nothing else. */
import { SAMPLE_RATE_HZ } from '../../sound-rate.ts';

/** Voice pitch and its lowest partials; vowels; the edge of a voice and consonants; hiss. */
export const BANDS = [
  { lowHz: 0, highHz: 500 },
  { lowHz: 500, highHz: 1500 },
  { lowHz: 1500, highHz: 4000 },
  { lowHz: 4000, highHz: 8000 },
] as const;

/** Taps on each side of a filter's middle: its edge is about 400 Hz wide. */
const REACH = 64;

/** One signal a band, in the order of BANDS, each as long as the 16 kHz mono samples; their sum is the samples up to rounding. */
export function splitBands(samples: Float32Array): Float32Array[] {
  let below = new Float32Array(samples.length);
  return BANDS.map(({ highHz }, band) => {
    const upTo = band === BANDS.length - 1 ? samples : lowPassed(samples, highHz);
    const own = upTo.map((value, i) => value - below[i]!);
    below = new Float32Array(upTo);
    return own;
  });
}

/** Low-pass by a sinc under a Hann window, without delay. */
function lowPassed(samples: Float32Array, cutHz: number): Float32Array {
  const taps = lowPassTaps(cutHz / SAMPLE_RATE_HZ);
  const padded = new Float32Array(samples.length + 2 * REACH);
  padded.set(samples, REACH);
  const out = new Float32Array(samples.length);
  for (let i = 0; i < out.length; i++) {
    // The taps are symmetric, which halves the products.
    let sum = taps[REACH]! * padded[i + REACH]!;
    for (let k = 0; k < REACH; k++) sum += taps[k]! * (padded[i + k]! + padded[i + 2 * REACH - k]!);
    out[i] = sum;
  }
  return out;
}

function lowPassTaps(cut: number): Float64Array {
  const taps = Float64Array.from({ length: 2 * REACH + 1 }, (_, k) => {
    const x = k - REACH;
    const sinc = x === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * x) / (Math.PI * x);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / (REACH + 1)));
  });
  const whole = taps.reduce((a, b) => a + b, 0);
  return taps.map((tap) => tap / whole);
}
