/** Pauses inside an utterance. */
import { SAMPLE_RATE_HZ } from '../../sound-rate.ts';
import { activeFrames, frameLevelsDb, FRAME_SAMPLES, HOP_SAMPLES } from '../../voice/frames.ts';
import { quantile } from '../../voice/statistics.ts';
import type { SampleSpan } from './change.ts';

/** Shorter gaps are the closures of consonants. */
const SHORTEST_PAUSE = 0.2 * SAMPLE_RATE_HZ;
/** What is left of a pause on each side when it is joined. */
const MARGIN = 0.03 * SAMPLE_RATE_HZ;

/** Stretches of 0.2 s and more without speech between two stretches with it, less a margin that keeps words from running together. */
export function pausesOf(samples: Float32Array): SampleSpan[] {
  const levels = frameLevelsDb(samples);
  const active = activeFrames(levels, quantile(levels, 0.95));
  const pauses: SampleSpan[] = [];
  let lastActive = -1;
  active.forEach((isActive, frame) => {
    if (!isActive) return;
    const start = lastActive * HOP_SAMPLES + FRAME_SAMPLES;
    const end = frame * HOP_SAMPLES;
    if (lastActive >= 0 && end - start >= SHORTEST_PAUSE)
      pauses.push({ start: start + MARGIN, end: end - MARGIN });
    lastActive = frame;
  });
  return pauses;
}
