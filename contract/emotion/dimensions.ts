/** Valence, arousal and dominance in [-1, 1], each with a standard deviation. */
import { z } from 'zod';

export const DIMENSIONS = ['valence', 'arousal', 'dominance'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const estimate = z.object({ mean: z.number().min(-1).max(1), sd: z.number().nonnegative() });
export type Estimate = z.infer<typeof estimate>;

/** A modality gives the dimensions it can read; the others are absent. */
export const dimensions = z.object({
  valence: estimate.optional(),
  arousal: estimate.optional(),
  dominance: estimate.optional(),
});
export type Dimensions = z.infer<typeof dimensions>;
