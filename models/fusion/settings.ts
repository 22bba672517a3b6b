/** The numbers of the fusion: `settings` of models/weights/fusion/manifest.json. */
import { z } from 'zod';
import { distribution } from '#contract/emotion/categories.ts';
import { MODALITIES } from '#contract/emotion/evidence.ts';
import { parsedSettings } from '../parsed-settings.ts';

const positiveDistribution = distribution.refine(
  (p) => p.every((x) => x > 0) && Math.abs(p.reduce((a, b) => a + b, 0) - 1) < 1e-6,
  'every entry above 0, together 1',
);

/** Brings one model's dimension onto Attune's scale: `offset + gain * mean`, and its sd to `gain * sdScale * sd`. */
const dimensionScale = z.object({
  gain: z.number().positive(),
  offset: z.number(),
  sdScale: z.number().positive(),
});
export type DimensionScale = z.infer<typeof dimensionScale>;

const modalitySettings = z.object({
  /** Exponent of this modality's likelihood ratio at quality 1; fitted by maximum likelihood. */
  weight: z.number().nonnegative(),
  /** How often its model expects each category: what it says of an item that tells it nothing. */
  baseRate: positiveDistribution,
  dimensions: z.object({
    valence: dimensionScale,
    arousal: dimensionScale,
    dominance: dimensionScale,
  }),
});

/** An Ornstein-Uhlenbeck process: how a dimension moves by itself. */
const processModel = z.object({
  /** Where it returns to without evidence, in [-1, 1]. */
  level: z.number().min(-1).max(1),
  /** Standard deviation of its excursions round that level. */
  sd: z.number().positive(),
  /** Time after which an excursion has shrunk to 1/e. */
  timeConstantMs: z.number().positive(),
});
export type ProcessModel = z.infer<typeof processModel>;

const fusionSettings = z.object({
  modalities: z.record(z.enum(MODALITIES), modalitySettings),
  /** Base rate of the categories in talk, before any evidence. */
  prior: positiveDistribution,
  /** How much alike the errors of different modalities are, 0 to 1: what several say together counts for less than its sum. Chosen. */
  errorCorrelation: z.number().min(0).max(1),
  /** Below this probability of the top category the answer is "not sure". */
  abstainBelow: z.number().min(0).max(1),
  /** Below this quality of the best modality the answer is "not sure" whatever the numbers say. */
  minimumQuality: z.number().min(0).max(1),
  /** Evidence fades linearly to nothing over this time before and after its span (tracks only). */
  fadeMs: z.number().positive(),
  /** A modality's errors stay alike for this long: so often it counts as one independent measurement (tracks only). */
  errorCorrelationMs: z.number().positive(),
  processes: z.object({ valence: processModel, arousal: processModel, dominance: processModel }),
});
export type FusionSettings = z.infer<typeof fusionSettings>;

/** @throws AttuneError 'model-incompatible' */
export const parseFusionSettings = (settings: unknown): FusionSettings =>
  parsedSettings(fusionSettings, settings, 'fusion');
