import { cleaned, levelled, trimmed } from './level.ts';
import { measureProsody } from './prosody.ts';
import { type ClipQuality, measureQuality } from './quality.ts';
import { cutWindows, joined } from './windows.ts';

/** The shortest input the encoder gets, in samples (half a second, filled up with zeros). */
const SHORTEST_SAMPLES = 8000;

/** One utterance, ready for the encoder. */
export interface PreparedClip {
  /** Inputs `[1, samples]` for the encoder, one run each; their pooled outputs make one embedding. */
  readonly encoderInputs: readonly Float32Array[];
  /** Prosody features in the order of PROSODY_NAMES. */
  readonly prosody: Float32Array;
  readonly quality: ClipQuality;
}

/**
 * Prepares one utterance: 16 kHz mono samples, nominally within [-1, 1], of any length and content. Silence around the
 * speech is cut, the level is set, and a long clip becomes several encoder inputs.
 */
export function prepareClip(samples: Float32Array): PreparedClip {
  const clean = cleaned(joined(cutWindows(samples)));
  const clip = levelled(trimmed(clean));
  const prosody = measureProsody(clip);
  return {
    encoderInputs: cutWindows(clip).map(padded),
    prosody: Float32Array.from(prosody.features.values()),
    quality: measureQuality(clean, prosody.voicedSeconds),
  };
}

function padded(window: Float32Array): Float32Array {
  if (window.length >= SHORTEST_SAMPLES) return window;
  const longer = new Float32Array(SHORTEST_SAMPLES);
  longer.set(window);
  return longer;
}
