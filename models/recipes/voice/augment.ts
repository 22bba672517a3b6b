import type { Random } from '#models/metrics/random.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';

/** One random copy: speed, a cut, a telephone line, a room, noise, overload, each with its own chance. */
export function augmented(samples: Float32Array, random: Random): Float32Array {
  let copy: Float32Array = samples.slice();
  if (random() < 0.5) copy = resampled(copy, 0.9 + 0.2 * random());
  if (random() < 0.3 && copy.length > 24_000) {
    const length = Math.round(copy.length * (0.5 + 0.4 * random()));
    const start = Math.floor((copy.length - length) * random());
    copy = copy.slice(start, start + length);
  }
  if (random() < 0.25) copy = withRoom(copy, random);
  if (random() < 0.35) copy = telephone(copy);
  if (random() < 0.5) copy = withNoise(copy, 5 + 25 * random(), random);
  if (random() < 0.15) copy = overloaded(copy, 1.5 + 2 * random());
  return copy;
}

function resampled(samples: Float32Array, speed: number): Float32Array {
  return Float32Array.from({ length: Math.floor(samples.length / speed) }, (_, i) => {
    const position = i * speed;
    const below = Math.floor(position);
    const a = samples[below] ?? 0;
    return a + (position - below) * ((samples[below + 1] ?? a) - a);
  });
}

/** 8 kHz G.711 mu-law with a 300 to 3400 Hz band. */
function telephone(samples: Float32Array): Float32Array {
  const narrow = filtered(filtered(samples, lowPass(3400)), highPass(250));
  const peak = narrow.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6) / 0.7;
  const held = Float32Array.from(narrow);
  for (let i = 0; i < held.length; i++) {
    const x = held[i - (i % 2)]! / peak;
    const code = Math.round(127 * (Math.log1p(255 * Math.abs(x)) / Math.log(256)));
    held[i] = i % 2 === 1 ? 0 : 2 * Math.sign(x) * ((256 ** (code / 127) - 1) / 255) * peak;
  }
  return filtered(held, lowPass(3600));
}

function withNoise(samples: Float32Array, snrDb: number, random: Random): Float32Array {
  const colour = random();
  const noise = new Float32Array(samples.length);
  let state = 0;
  for (let i = 0; i < noise.length; i++) {
    const white = random() + random() + random() - 1.5;
    state = colour * 0.98 * state + white;
    noise[i] = state;
  }
  const gain = Math.sqrt(power(samples) / (power(noise) + 1e-12)) * 10 ** (-snrDb / 20);
  return samples.map((value, i) => value + gain * noise[i]!);
}

/** A sparse exponential tail of reflections within a quarter of a second. */
function withRoom(samples: Float32Array, random: Random): Float32Array {
  const wet = samples.slice();
  const decaySamples = SAMPLE_RATE_HZ * (0.05 + 0.15 * random());
  for (let k = 0; k < 24; k++) {
    const delay = Math.floor(80 + 4000 * random());
    const gain = 0.4 * (random() < 0.5 ? -1 : 1) * Math.exp(-delay / decaySamples);
    for (let i = delay; i < wet.length; i++) wet[i]! += gain * samples[i - delay]!;
  }
  return wet;
}

function overloaded(samples: Float32Array, drive: number): Float32Array {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return samples.map((value) => Math.max(-peak, Math.min(peak, value * drive)));
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length);
}

function lowPass(cutHz: number): Float32Array {
  const half = 24;
  const taps = Float32Array.from({ length: 2 * half + 1 }, (_, i) => {
    const x = (i - half) * ((2 * cutHz) / SAMPLE_RATE_HZ);
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * (0.54 + 0.46 * Math.cos((Math.PI * (i - half)) / half));
  });
  const sum = taps.reduce((a, b) => a + b, 0);
  return taps.map((tap) => tap / sum);
}

function highPass(cutHz: number): Float32Array {
  const taps = lowPass(cutHz).map((tap) => -tap);
  taps[(taps.length - 1) / 2]! += 1;
  return taps;
}

function filtered(samples: Float32Array, taps: Float32Array): Float32Array {
  const half = (taps.length - 1) / 2;
  const out = new Float32Array(samples.length);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    const from = Math.max(0, i + half - samples.length + 1);
    const to = Math.min(taps.length - 1, i + half);
    for (let k = from; k <= to; k++) sum += taps[k]! * samples[i + half - k]!;
    out[i] = sum;
  }
  return out;
}
