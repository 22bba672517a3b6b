import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { activeFrames, FRAMES_PER_SECOND, frameLevelsDb } from './frames.ts';
import { trackPitch } from './pitch.ts';
import { energyStatistics, pitchStatistics } from './prosody-contours.ts';
import { spectralFrames } from './meyda.ts';
import { spectralStatistics } from './prosody-spectrum.ts';
import { quantile } from './statistics.ts';

/** What one clip's signal says beside the encoder: named numbers in a fixed order, and how much of it was voiced. */
export interface Prosody {
  readonly features: ReadonlyMap<string, number>;
  readonly voicedSeconds: number;
}

/**
 * Prosody of one levelled clip (16 kHz, rms .1): pitch in semitones, energy in dB relative to the loud frames, rhythm,
 * and Meyda's spectral shape over the active frames. Every value is finite, whatever the clip.
 */
export function measureProsody(samples: Float32Array): Prosody {
  const levels = frameLevelsDb(samples);
  const loudDb = quantile(levels, 0.95);
  const active = activeFrames(levels, loudDb);
  const pitch = trackPitch(samples);
  const isVoiced = active.map((isActive, frame) => isActive && pitch.frequencyHz[frame]! > 0);
  const features = new Map<string, number>([
    ['log_seconds', Math.log(0.1 + samples.length / SAMPLE_RATE_HZ)],
    ...pitchStatistics(pitch, isVoiced, active),
    ...energyStatistics(levels, loudDb, active, isVoiced),
    ...spectralStatistics(
      samples,
      spectralFrames(samples, (frame) => active[frame]!),
    ),
  ]);
  for (const [name, value] of features) if (!Number.isFinite(value)) features.set(name, 0);
  return { features, voicedSeconds: isVoiced.filter(Boolean).length / FRAMES_PER_SECOND };
}

/** Order of the prosody features: the embedding's layout, which the net was trained on. */
export const PROSODY_NAMES: readonly string[] = [...measureProsody(new Float32Array(0)).features.keys()];
