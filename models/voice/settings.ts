/** The numbers of the voice model: `settings` and the file of role 'baseline' of models/weights/voice-emotion. */
import { z } from 'zod';
import { estimate } from '#contract/emotion/dimensions.ts';
import { AttuneError } from '#contract/errors.ts';
import { probability } from '#contract/units.ts';

const perDimension = z.object({ valence: z.number(), arousal: z.number() });

/** How the logits of the net and of the Gaussian classes are weighed, fitted mostly on corpora that neither had seen. */
const mixing = z.object({
  net: z.number().nonnegative(),
  gaussian: z.number().nonnegative(),
  /** Factor on neutral, calm and boredom where they make one category: three classes would outweigh one. */
  neutralFactor: z.number().positive(),
  /** Share of the uniform distribution in every answer: how often a recording is unlike all that was heard before. */
  doubt: probability,
});
export type Mixing = z.infer<typeof mixing>;

export const voiceSettings = z.object({
  /** Inner tensors of the recogniser's encoder, in the order of the features. */
  encoderLayers: z.array(z.string()).min(1),
  layerWidth: z.number().int().positive(),
  /** Names in the features' order, a check that the signal path is the one the model was trained on. */
  prosodyNames: z.array(z.string()),
  projector: z.object({ input: z.string(), output: z.string(), featureCount: z.number().int() }),
  head: z.object({ input: z.string(), fine: z.string(), affect: z.string(), latentCount: z.number().int() }),
  /** Index into the seven categories of each fine label. */
  categoryOfFine: z.array(z.number().int().min(0).max(6)),
  mixing: z.object({ alone: mixing, baseline: mixing }),
  /** Valence and arousal of each fine label (a proxy after the circumplex), for the spread of an estimate. */
  circumplex: z.array(perDimension),
  /** Standard deviation that stays when the fine label is known, and the factor on the spread between labels. */
  dimensionSd: z.object({ valence: z.number(), arousal: z.number(), spread: z.number() }),
  /** What a worthless clip gets. */
  unknown: z.object({ valence: estimate, arousal: estimate }),
  baseline: z.object({
    fewestUtterances: z.number().int(),
    leastSeconds: z.number(),
    /** Share of an utterance that counts as independent of its neighbours. */
    independence: probability,
    rounds: z.number().int(),
  }),
  /** Below this quality, probabilities fade to uniform. */
  fullTrustFrom: probability,
  fineThreshold: probability,
});
export type VoiceSettings = z.infer<typeof voiceSettings>;

/** Classes in the latent space: noise is white, and the speaker's offset has independent parts of these variances. */
export const latentClasses = z.object({
  means: z.array(z.array(z.number())),
  offsetVariance: z.array(z.number().nonnegative()),
});
export type LatentClasses = z.infer<typeof latentClasses>;

/** @throws AttuneError 'model-incompatible' */
export function parseVoiceSettings(settings: unknown): VoiceSettings {
  return parsed(voiceSettings, settings);
}

/** @throws AttuneError 'model-incompatible' */
export function parseLatentClasses(json: unknown): LatentClasses {
  return parsed(latentClasses, json);
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AttuneError(
    'model-incompatible',
    "The voice model's settings don't fit this version of Attune.",
    {
      cause: result.error,
    },
  );
}
