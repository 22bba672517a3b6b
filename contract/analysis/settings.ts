/** What a person can choose for one analysis. It is part of the cache key and stands in the result. */
import { z } from 'zod';

export const MOST_SPEAKERS = 12;

export const analysisSettings = z.object({
  /** BCP 47 primary tag of what is spoken; 'auto': found out as far as the recognisers here can. */
  language: z
    .string()
    .regex(/^(auto|[a-z]{2,3})$/)
    .default('auto'),
  /** Which recogniser finds the words, by its model's id or the id's first part; 'auto': the fast one for English, else a Whisper that was brought in. */
  recogniser: z.string().min(1).max(64).default('auto'),
  /** Faces are looked for this many times a second. */
  facesPerSecond: z.number().min(0.5).max(10).default(5),
  /** Step of the fused track. */
  trackStepMs: z.number().int().min(100).max(1000).default(200),
  /** Below this confidence a fused result says "not sure". */
  abstainBelow: z.number().min(0).max(1).default(0.45),
  /** Read a speaker with enough speech against their own baseline. */
  personBaseline: z.boolean().default(true),
  /** How many people speak, where one channel holds them all; 'auto': as many as different voices are found. */
  speakers: z.union([z.literal('auto'), z.number().int().min(1).max(MOST_SPEAKERS)]).default('auto'),
  /** The person says which speaker the face seen longest belongs to (a speaker's id); null: not said. */
  onCamera: z.string().max(64).nullable().default(null),
});
export type AnalysisSettings = z.infer<typeof analysisSettings>;
export const defaultAnalysisSettings = (): AnalysisSettings => analysisSettings.parse({});
