/** Where several people speak at once: what pyannote's segmentation network (models/recipes/overlap) hears in a stretch of speech. */
import { z } from 'zod';
import type { Span } from '#contract/units.ts';
import { parsedSettings } from '../parsed-settings.ts';
import { SAMPLE_RATE_HZ, toSample } from '../sound-rate.ts';
import { floats, type Tensor } from '../tensor.ts';

const overlapSettings = z.object({
  /** Several speak once it is so likely … */
  onset: z.number(),
  /** … from where it is as likely as this, and for as long. */
  release: z.number(),
  /** Shorter ones are not told from a change of speakers. */
  shortestMs: z.number().nonnegative(),
});
export type OverlapSettings = z.infer<typeof overlapSettings>;

/** @throws AttuneError 'model-incompatible' */
export const parseOverlapSettings = (settings: unknown): OverlapSettings =>
  parsedSettings(overlapSettings, settings, 'overlapping speech');

export interface Overlap extends Span {
  /** Mean probability: about as often as it says several people do speak (see the card). */
  confidence: number;
}

/** A frame hears 991 samples, and the next one begins 270 later. */
const FRAME_SAMPLES = 991;
const HOP_SAMPLES = 270;
/** Where frame 0 stands for: around the middle of what it hears, half a hop to each side. */
const FIRST_MS = (((FRAME_SAMPLES - HOP_SAMPLES) / 2) * 1000) / SAMPLE_RATE_HZ;
const HOP_MS = (HOP_SAMPLES * 1000) / SAMPLE_RATE_HZ;
/** Less says nothing of who speaks: silence is added up to it. */
const SHORTEST_MS = 1000;

/** @param samples 16 kHz mono @returns samples [1, length] */
export function overlapInputs(samples: Float32Array): Record<'samples', Tensor> {
  const length = Math.max(samples.length, toSample(SHORTEST_MS));
  const data = new Float32Array(length);
  data.set(samples);
  return { samples: floats(data, [1, length]) };
}

/** @param probabilities one a frame @returns in order, in milliseconds from the first sample */
export function overlapsIn(
  probabilities: ArrayLike<number>,
  { onset, release, shortestMs }: OverlapSettings,
): Overlap[] {
  const found: Overlap[] = [];
  let from = 0;
  while (from < probabilities.length) {
    let to = from;
    let most = 0;
    let sum = 0;
    while (to < probabilities.length && probabilities[to]! >= release) {
      most = Math.max(most, probabilities[to]!);
      sum += probabilities[to++]!;
    }
    if (most >= onset && (to - from) * HOP_MS >= shortestMs) {
      const at = (frame: number): number => Math.round(FIRST_MS + frame * HOP_MS);
      found.push({ startMs: at(from), endMs: at(to), confidence: sum / (to - from) });
    }
    from = to + 1;
  }
  return found;
}
