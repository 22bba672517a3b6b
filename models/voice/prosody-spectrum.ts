import { MFCC_COUNT, type SpectralFrame } from './meyda.ts';
import { mean, standardDeviation } from './statistics.ts';

type Named = [name: string, value: number][];

const BIN_HZ = 31.25;

/** Mean and spread over frames of the cepstrum, the spectral shape and the balance between low and high bands. */
export function spectralStatistics(samples: Float32Array, frames: readonly SpectralFrame[]): Named {
  const named: Named = [['zero_crossings', zeroCrossingRate(samples)]];
  for (let i = 0; i < MFCC_COUNT; i++) {
    const series = frames.map((frame) => frame.mfcc[i]!);
    const steps = series.slice(1).map((value, k) => value - series[k]!);
    named.push([`mfcc${i}_mean`, mean(series)], [`mfcc${i}_sd`, standardDeviation(series)]);
    named.push([`mfcc${i}_step`, standardDeviation(steps)]);
  }
  const shapes: [name: string, of: (frame: SpectralFrame) => number][] = [
    ['centroid', (frame) => frame.centroidHz / 1000],
    ['spread', (frame) => frame.spreadHz / 1000],
    ['skewness', (frame) => frame.skewness],
    ['flatness', (frame) => frame.flatness],
    ['rolloff', (frame) => frame.rolloffHz / 1000],
    ['sharpness', (frame) => frame.sharpness],
    ['alpha', (frame) => bandRatioDb(frame.amplitudes, 50, 1000, 5000)],
    ['tilt', (frame) => bandRatioDb(frame.amplitudes, 50, 500, 1500)],
    ['hammarberg', (frame) => hammarbergDb(frame.amplitudes)],
  ];
  for (const [name, of] of shapes) {
    const series = frames.map(of);
    named.push([`${name}_mean`, mean(series)], [`${name}_sd`, standardDeviation(series)]);
  }
  return named;
}

/** Sign changes per sample. */
function zeroCrossingRate(samples: Float32Array): number {
  let changes = 0;
  for (let i = 1; i < samples.length; i++) if (samples[i]! >= 0 !== samples[i - 1]! >= 0) changes++;
  return samples.length > 1 ? changes / (samples.length - 1) : 0;
}

/** Energy of [low, middle) against [middle, high) Hz in dB (alpha ratio; Eyben et al. 2016, GeMAPS, section 3). */
function bandRatioDb(amplitudes: Float32Array, lowHz: number, middleHz: number, highHz: number): number {
  return (
    10 *
    Math.log10(
      (bandEnergy(amplitudes, lowHz, middleHz) + 1e-6) / (bandEnergy(amplitudes, middleHz, highHz) + 1e-6),
    )
  );
}

function bandEnergy(amplitudes: Float32Array, fromHz: number, toHz: number): number {
  let energy = 0;
  for (let bin = Math.ceil(fromHz / BIN_HZ); bin < toHz / BIN_HZ; bin++) energy += amplitudes[bin]! ** 2;
  return energy;
}

/** Strongest peak of 0 to 2 kHz against the strongest of 2 to 5 kHz in dB (Hammarberg index; GeMAPS, section 3). */
function hammarbergDb(amplitudes: Float32Array): number {
  const edge = 2000 / BIN_HZ;
  let low = 0;
  let high = 0;
  for (let bin = 1; bin < 5000 / BIN_HZ; bin++) {
    if (bin < edge) low = Math.max(low, amplitudes[bin]!);
    else high = Math.max(high, amplitudes[bin]!);
  }
  return 20 * Math.log10((low + 1e-3) / (high + 1e-3));
}
