/** The numbers of the voice model: `settings` and the file of role 'baseline' of models/weights/voice-emotion. */
import { z } from 'zod';
import { estimate } from '#contract/emotion/dimensions.ts';
import { probability } from '#contract/units.ts';
import { parsedSettings } from '../parsed-settings.ts';

const perDimension = z.object({ valence: z.number(), arousal: z.number() });

/** How the logits of the two heads are weighed and how far they are believed. */
const opinion = z.object({
  alone: z.number().nonnegative(),
  own: z.number().nonnegative(),
  /** Factor on neutral, calm and boredom where they make one category: three classes would outweigh one. */
  neutralFactor: z.number().positive(),
  /** Share of the uniform distribution in every answer. */
  doubt: probability,
});
export type Opinion = z.infer<typeof opinion>;

/** Fitted on unknown speakers of known corpora, and on corpora that were not trained on. */
const mixing = z.object({ known: opinion, strange: opinion });
export type Mixing = z.infer<typeof mixing>;

/** Logarithm of the strangeness at which known and strange are equally likely, and how fast that changes. */
const gate = z.object({ middle: z.number(), slope: z.number().positive() });
export type Gate = z.infer<typeof gate>;

export const voiceSettings = z
  .object({
    /** Inner tensors of the recogniser's encoder, in the order of the features. */
    encoderLayers: z.array(z.string()).min(1),
    layerWidth: z.number().int().positive(),
    /** Names in the features' order, a check that the signal path is the one the model was trained on. */
    prosodyNames: z.array(z.string()),
    projector: z.object({ input: z.string(), output: z.string(), featureCount: z.number().int() }),
    /** Reads one of the encoder's inner tensors over time: a logit a fine class. */
    sequence: z.object({ layer: z.string(), input: z.string(), output: z.string() }),
    head: z.object({
      inputs: z.object({ latent: z.string(), offset: z.string() }),
      outputs: z.object({ alone: z.string(), own: z.string(), strangeness: z.string() }),
      latentCount: z.number().int(),
    }),
    /** Index into the seven categories of each fine label. */
    categoryOfFine: z.array(z.number().int().min(0).max(6)),
    mixing: z.object({ alone: mixing, baseline: mixing }),
    /** Of one clip, and of a speaker's clips together: their mean is far surer. */
    familiarity: z.object({ alone: gate, baseline: gate }),
    /** Valence and arousal of each fine label (a proxy after the circumplex), for the spread of an estimate. */
    circumplex: z.array(perDimension),
    /** Standard deviation that stays when the fine label is known, and the factor on the spread between labels. */
    dimensionSd: z.object({ valence: z.number(), arousal: z.number(), spread: z.number() }),
    /** What a worthless clip gets. */
    unknown: z.object({ valence: estimate, arousal: estimate }),
    baseline: z.object({
      fewestUtterances: z.number().int(),
      leastSeconds: z.number(),
      rounds: z.number().int(),
    }),
    /** Below this quality, probabilities fade to uniform. */
    fullTrustFrom: probability,
    fineThreshold: probability,
  })
  .refine(
    ({ categoryOfFine, circumplex }) => categoryOfFine.length === circumplex.length,
    'a place in the circumplex for every fine label',
  );
export type VoiceSettings = z.infer<typeof voiceSettings>;

const variances = z.array(z.number().positive());

/** How voices vary in the latent space: class means, and variances of speakers' offsets, speakers' habits in a class, and noise. */
const voiceStatistics = z.object({
  means: z.array(z.array(z.number())),
  offset: variances,
  habit: variances,
  noise: variances,
});
export type VoiceStatistics = z.infer<typeof voiceStatistics>;

/** @throws AttuneError 'model-incompatible' */
export const parseVoiceSettings = (settings: unknown): VoiceSettings =>
  parsedSettings(voiceSettings, settings, 'voice');

/** @throws AttuneError 'model-incompatible' */
export const parseVoiceStatistics = (json: unknown): VoiceStatistics =>
  parsedSettings(voiceStatistics, json, 'voice');
