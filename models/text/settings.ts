/** The numbers of the text model: `settings` of models/weights/text-emotion/manifest.json. */
import { z } from 'zod';
import { distribution } from '#contract/emotion/categories.ts';
import { estimate } from '#contract/emotion/dimensions.ts';
import { AttuneError } from '#contract/errors.ts';
import { probability } from '#contract/units.ts';

export const textSettings = z.object({
  inputs: z.object({ ids: z.string(), mask: z.string() }),
  outputs: z.object({ fine: z.string(), categories: z.string(), vadMean: z.string(), vadSd: z.string() }),
  /** Tokens of one row of the graph, [CLS] and [SEP] included. */
  maxTokens: z.number().int().min(8),
  /** A longer text is read in this many windows at most; the rest of it isn't read. */
  maxWindows: z.number().int().positive(),
  /** Divides the category logits before the softmax (Guo et al. 2017). */
  temperature: z.number().positive(),
  /** A fine label is given when its probability reaches this. One number for all labels. */
  fineThreshold: probability,
  /** What an unreadable text gets: the training part's rates. */
  baseRate: z.object({
    categories: distribution,
    fine: z.array(probability),
    dimensions: z.object({ valence: estimate, arousal: estimate, dominance: estimate }),
  }),
});
export type TextSettings = z.infer<typeof textSettings>;

/** Reads the manifest's `settings`. @throws AttuneError 'model-incompatible' */
export function parseTextSettings(settings: unknown): TextSettings {
  const parsed = textSettings.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new AttuneError('model-incompatible', "The text model's settings don't fit this version of Attune.", {
    cause: parsed.error,
  });
}
