/** What the inference host is started with. */
import { z } from 'zod';
import { executionProvider } from '#contract/system/settings.ts';

export const inferenceConfig = z.object({
  executionProvider,
  /** Threads a model may use; 0: as many as fit this machine. */
  threads: z.number().int().min(0),
  /** Where the models lie that the person brought; absent: none are used. */
  imported: z.string().optional(),
  /** Where the weights lie; absent: where this program keeps them. */
  place: z.object({ shipped: z.string(), packages: z.string() }).optional(),
});
export type InferenceConfig = z.infer<typeof inferenceConfig>;
