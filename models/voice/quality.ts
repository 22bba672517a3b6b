import type { QualityReason } from '#contract/emotion/evidence.ts';
import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { rise } from '../rise.ts';
import { activeFrames, frameLevelsDb, SILENCE_DB } from './frames.ts';
import { quantile } from './statistics.ts';

/** How far a clip can be trusted, 0..1, and why not further. */
export interface ClipQuality {
  readonly quality: number;
  readonly reasons: readonly QualityReason[];
  readonly seconds: number;
}

/**
 * Quality of cleaned, unlevelled samples. Each measurement gives a factor that rises linearly from "unusable" to "does
 * not matter", and the quality is their product; a factor below .8 is a reason.
 */
export function measureQuality(samples: Float32Array, voicedSeconds: number): ClipQuality {
  const levels = frameLevelsDb(samples);
  // Of the loud frames, in dB relative to full scale.
  const levelDb = quantile(levels, 0.95);
  // Against the quiet ones: an estimate from below, since a clip may hold no pause.
  const signalToNoiseDb = levelDb - quantile(levels, 0.05);
  const clippedShare = flatTopShare(samples);
  const seconds = samples.length / SAMPLE_RATE_HZ;
  const activeSeconds = (activeFrames(levels, levelDb).filter(Boolean).length / levels.length) * seconds || 0;
  const factors: [QualityReason, number][] = [
    ['short', rise(activeSeconds, 0.2, 0.8)],
    ['unvoiced', rise(voicedSeconds, 0.05, 0.5)],
    ['quiet', rise(levelDb, SILENCE_DB, -62)],
    ['noisy', rise(signalToNoiseDb, 3, 15)],
    ['clipped', 1 - 0.7 * rise(clippedShare, 0.001, 0.05)],
  ];
  const reasons = factors.filter(([, factor]) => factor < 0.8).map(([reason]) => reason);
  return { quality: factors.reduce((product, [, factor]) => product * factor, 1), reasons, seconds };
}

/** Share of samples in runs of three or more that stay within .5 % of the clip's highest magnitude. */
function flatTopShare(samples: Float32Array): number {
  let peak = 0;
  for (const value of samples) peak = Math.max(peak, Math.abs(value));
  if (peak < 0.05) return 0;
  let flat = 0;
  let run = 0;
  for (let i = 0; i <= samples.length; i++) {
    if (i < samples.length && Math.abs(samples[i]!) >= 0.995 * peak) run++;
    else {
      if (run >= 3) flat += run;
      run = 0;
    }
  }
  return flat / Math.max(1, samples.length);
}
