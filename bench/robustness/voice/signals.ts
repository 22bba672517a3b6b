/** Noise, room and overload on 16 kHz samples. */
import type { Random } from '#models/metrics/random.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';

const power = (x: Float32Array): number => x.reduce((sum, v) => sum + v * v, 0) / Math.max(1, x.length);
const peakOf = (x: Float32Array): number => x.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-9);

/** `noise` from a random place on, over and over, so that speech is `snrDb` above it (mean power of the whole clip). */
export function withNoise(
  samples: Float32Array,
  noise: Float32Array,
  snrDb: number,
  random: Random,
): Float32Array {
  const start = Math.floor(random() * noise.length);
  const cut = samples.map((_, i) => noise[(start + i) % noise.length]!);
  const gain = Math.sqrt(power(samples) / (power(cut) + 1e-12)) * 10 ** (-snrDb / 20);
  return samples.map((x, i) => x + gain * cut[i]!);
}

const REVERBERATION_S = 0.6;
const PULSES_A_SECOND = 1500;

/**
 * A room with a reverberation time (60 dB) of 0.6 s: the direct sound and velvet noise (sparse pulses of random sign; Karjalainen and Järveläinen 2007) that
 * dies away exponentially, together as strong as the direct sound.
 */
export function withRoom(samples: Float32Array, random: Random): Float32Array {
  const wet = samples.slice();
  const count = Math.round(REVERBERATION_S * PULSES_A_SECOND);
  const spacing = SAMPLE_RATE_HZ / PULSES_A_SECOND;
  const pulses = Array.from({ length: count }, (_, k) => {
    const delay = Math.floor(0.005 * SAMPLE_RATE_HZ + (k + random()) * spacing);
    return {
      delay,
      gain: (random() < 0.5 ? -1 : 1) * 10 ** ((-3 * delay) / (REVERBERATION_S * SAMPLE_RATE_HZ)),
    };
  });
  const scale = 1 / Math.sqrt(pulses.reduce((sum, { gain }) => sum + gain * gain, 0));
  for (const { delay, gain } of pulses)
    for (let i = delay; i < wet.length; i++) wet[i]! += scale * gain * samples[i - delay]!;
  const level = peakOf(samples) / peakOf(wet);
  return wet.map((x) => level * x);
}

/** Twelve decibels over what the converter takes: everything above a quarter of the peak is cut. */
export function clipped(samples: Float32Array): Float32Array {
  const limit = peakOf(samples) / 4;
  // Back to full scale, as an overdriven recording would be.
  return samples.map((x) => Math.max(-limit, Math.min(limit, x)) * (0.99 / limit));
}
