/** How far into a recording a chunk of its sound begins, 0 to 1. */
import type { Milliseconds } from '#contract/units.ts';
import type { AudioChunk } from '#main/hosts/media/media.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';

export const progressAt = (
  { startSample }: Pick<AudioChunk, 'startSample'>,
  durationMs: Milliseconds,
): number => Math.min(1, ((startSample / SAMPLE_RATE_HZ) * 1000) / Math.max(1, durationMs));
