/** What runs where: the models' state as the Models and system panel shows it. */
import { z } from 'zod';
import { errorData } from '../errors.ts';
import { modelManifest } from '../models/manifest.ts';

/** A recogniser as it is offered for a choice. */
export const recogniserName = modelManifest.pick({ id: true, title: true, languages: true });
export type RecogniserName = z.infer<typeof recogniserName>;

export const modelStatus = z.object({
  manifest: modelManifest.omit({ settings: true }),
  state: z.enum(['ready', 'not-loaded', 'missing', 'damaged']),
  provider: z.string().nullable(),
  /** Providers that refused before it, and why. */
  refused: z.array(z.object({ provider: z.string(), reason: z.string() })),
  warmUpMs: z.number().nonnegative().nullable(),
  error: errorData.nullable(),
});
export type ModelStatus = z.infer<typeof modelStatus>;
