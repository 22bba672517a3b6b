import Meyda from 'meyda';
import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { FRAME_SAMPLES, frameCount, readFrame } from './frames.ts';

/** Spectral shape of one 32 ms frame. */
export interface SpectralFrame {
  readonly mfcc: readonly number[];
  readonly centroidHz: number;
  readonly spreadHz: number;
  readonly skewness: number;
  /** 0 (a tone) to 1 (white noise), of amplitudes. */
  readonly flatness: number;
  /** Frequency below which 99 % of the amplitude lies. */
  readonly rolloffHz: number;
  readonly sharpness: number;
  /** Amplitudes of bins 0..255, 31.25 Hz apart, of the Hann-windowed frame. */
  readonly amplitudes: Float32Array;
}

export const MFCC_COUNT = 13;
const MEL_BANDS = 26;
const BIN_HZ = SAMPLE_RATE_HZ / FRAME_SAMPLES;
/** Meyda's MFCC takes ln(1 + power): this gain puts speech levelled to rms .1 well above the 1. */
const GAIN = 32;
const FEATURES = [
  'mfcc',
  'spectralCentroid',
  'spectralSpread',
  'spectralSkewness',
  'spectralFlatness',
  'spectralRolloff',
  'perceptualSharpness',
  'amplitudeSpectrum',
] as const;

/** Meyda keeps its settings and filter banks in one global object and does not rebuild the banks when settings change. */
function configure(): void {
  const settings = Meyda as typeof Meyda & { melFilterBank?: unknown; barkScale?: unknown };
  const isOurs =
    settings.bufferSize === FRAME_SAMPLES &&
    settings.sampleRate === SAMPLE_RATE_HZ &&
    settings.melBands === MEL_BANDS;
  if (!isOurs) {
    Object.assign(settings, { melFilterBank: undefined, chromaFilterBank: undefined, barkScale: undefined });
  }
  Object.assign(settings, {
    bufferSize: FRAME_SAMPLES,
    sampleRate: SAMPLE_RATE_HZ,
    melBands: MEL_BANDS,
    numberOfMFCCCoefficients: MFCC_COUNT,
    windowingFunction: 'hanning',
  });
}

/**
 * Meyda's spectral features of every frame for which `wanted` holds, in Hz instead of bins, and 0 instead of the NaN
 * that silence gives. Expects samples levelled to a root mean square of .1.
 */
export function spectralFrames(samples: Float32Array, wanted: (frame: number) => boolean): SpectralFrame[] {
  configure();
  const frames: SpectralFrame[] = [];
  const buffer = new Float32Array(FRAME_SAMPLES);
  for (let index = 0; index < frameCount(samples.length); index++) {
    if (!wanted(index)) continue;
    readFrame(samples, index, buffer);
    for (let i = 0; i < FRAME_SAMPLES; i++) buffer[i]! *= GAIN;
    const found = Meyda.extract([...FEATURES], buffer);
    if (!found) continue;
    const mfcc = Array.from({ length: MFCC_COUNT }, (_, i) => finite(found.mfcc?.[i]));
    frames.push({
      mfcc,
      centroidHz: finite(found.spectralCentroid) * BIN_HZ,
      spreadHz: finite(found.spectralSpread) * BIN_HZ,
      skewness: finite(found.spectralSkewness),
      flatness: finite(found.spectralFlatness),
      rolloffHz: finite(found.spectralRolloff),
      sharpness: finite(found.perceptualSharpness),
      amplitudes: found.amplitudeSpectrum ?? new Float32Array(FRAME_SAMPLES / 2),
    });
  }
  return frames;
}

function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : 0;
}
