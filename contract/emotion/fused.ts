/** The modalities' evidence brought together for one span. */
import { z } from 'zod';
import { probability, span } from '../units.ts';
import { category, distribution } from './categories.ts';
import { dimensions } from './dimensions.ts';
import { modality } from './evidence.ts';

/** What one modality gave to a fused result. */
export const contribution = z.object({
  modality,
  quality: probability,
  /** Exact Shapley value over the coalitions of the modalities present: change of the top category's log probability, in nats. May be negative. */
  shapleyNats: z.number(),
  /** |shapleyNats| as a share of all modalities' |shapleyNats|; the shares sum to 1 (all equal when every value is 0). */
  share: probability,
});
export type Contribution = z.infer<typeof contribution>;

export const fused = z.object({
  probabilities: distribution,
  dimensions,
  top: category,
  /** Calibrated probability of the top category. */
  confidence: probability,
  /** True: shown as "not sure", never as `top`. */
  abstained: z.boolean(),
  /** Quality-weighted Jensen-Shannon divergence between the modalities, in bits; 0 with one modality. */
  disagreementBits: z.number().nonnegative(),
  contributions: z.array(contribution),
});
export type Fused = z.infer<typeof fused>;

export const fusedSpan = fused.extend({ span, subjectId: z.string(), utteranceId: z.string().optional() });
export type FusedSpan = z.infer<typeof fusedSpan>;
