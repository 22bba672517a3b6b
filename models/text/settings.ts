/** The numbers of a text model: `settings` of models/weights/text-emotion*\/manifest.json. */
import { z } from 'zod';
import { category, distribution } from '#contract/emotion/categories.ts';
import { estimate } from '#contract/emotion/dimensions.ts';
import { probability } from '#contract/units.ts';
import { parsedSettings } from '../parsed-settings.ts';

const textSettings = z
  .object({
    inputs: z.object({
      ids: z.string(),
      mask: z.string(),
      /** 1 on the tokens of the text itself, 0 on what was said before it. */
      target: z.string(),
      /** Hashed runs of words and letters (grams.ts), where the graph hears them beside its encoder. */
      grams: z.string().optional(),
    }),
    outputs: z.object({
      fine: z.string(),
      /** Absent where the categories of a text alone are sums of its fine labels. */
      categories: z.string().optional(),
      /** Categories of a turn of talk, used when earlier utterances are given. */
      talk: z.string(),
      vadMean: z.string(),
      vadSd: z.string(),
      intensity: z.string().optional(),
    }),
    /** 'labels': each with a probability of its own; 'distribution': one of them. */
    fineKind: z.enum(['labels', 'distribution']),
    /** The category of each fine label; needed where `outputs.categories` is absent. */
    categoryOfFine: z.array(z.number().int().min(0).max(6)).optional(),
    /** The categories whose intensity the graph gives out, in its order. */
    intensityOf: z.array(category),
    /** Tokens of one row of the graph, [CLS] and [SEP] included. */
    maxTokens: z.number().int().min(8),
    /** Of what was said before, this many tokens at most, the nearest. */
    contextTokens: z.number().int().nonnegative(),
    /** A longer text is read in this many windows at most, spread evenly over it; what lies between them isn't read. */
    maxWindows: z.number().int().positive(),
    /** Divides the category logits before the softmax (Guo et al. 2017). */
    temperature: z.object({ alone: z.number().positive(), talk: z.number().positive() }),
    /**
     * How much of the training talk's rates is taken back from a turn of talk: log p(category) - share x log rate(category), made to sum to 1
     * (Saerens et al. 2002, with a share of the correction). Talk that was trained on is more often neutral than talk that is listened to.
     */
    talkRatesTakenBack: probability.default(0),
    /** A fine label is given when its probability reaches this. One number for all labels. */
    fineThreshold: probability,
    emojiWords: z.record(z.string(), z.string()),
    /** What an unreadable text gets: the training part's rates. */
    baseRate: z.object({
      categories: distribution,
      talk: distribution,
      fine: z.array(probability),
      dimensions: z.object({ valence: estimate, arousal: estimate, dominance: estimate }),
      intensity: z.array(probability),
    }),
  })
  .refine(
    ({ outputs, categoryOfFine, baseRate }) =>
      categoryOfFine === undefined
        ? outputs.categories !== undefined
        : categoryOfFine.length === baseRate.fine.length,
    'an output for the categories, or a category for every fine label',
  )
  .refine(
    ({ intensityOf, baseRate }) => intensityOf.length === baseRate.intensity.length,
    'a base rate for every intensity',
  );
export type TextSettings = z.infer<typeof textSettings>;

/** @throws AttuneError 'model-incompatible' */
export const parseTextSettings = (settings: unknown): TextSettings =>
  parsedSettings(textSettings, settings, 'text');
