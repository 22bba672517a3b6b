/** What the manifests of the two face models must hold in `settings`; parsed once when a model is loaded. */
import { z } from 'zod';
import { parsedSettings } from '../parsed-settings.ts';

const pair = z.tuple([z.number(), z.number()]);

const detectorSettings = z.object({
  inputName: z.string(),
  /** Cells of the three output grids, in pixels of the input. */
  strides: z.array(z.number().int().positive()).min(1),
  /** Output names without the stride at their end. */
  outputs: z.object({ classScore: z.string(), objectScore: z.string(), box: z.string(), points: z.string() }),
  /** Larger pictures are made smaller, so that their long side is this. */
  longSidePx: z.number().int().positive(),
  /** Smaller pictures are enlarged to this long side, at most `maximumEnlargement` times. */
  shortestLongSidePx: z.number().int().positive(),
  maximumEnlargement: z.number().min(1),
  minimumScore: z.number().min(0).max(1),
  /** Of two boxes that overlap more (intersection over union), the surer one stays. */
  maximumOverlap: z.number().min(0).max(1),
});
export type DetectorSettings = z.infer<typeof detectorSettings>;

const dimensionMap = z.object({
  /** Value of a face that everyone puts into this class; order of `fineLabels`. */
  byFineLabel: z.array(z.number().min(-1).max(1)),
  /** Standard deviation of what the map leaves unexplained. */
  residualSd: z.number().positive(),
});

const calibration = z.object({
  /** Shorter side of the face in its picture. */
  facePx: z.number().positive(),
  /** Logits are divided by it. */
  temperature: z.number().positive(),
  /** Added to the divided logits, in the order of `fineLabels` (logit adjustment, Menon et al. 2021). */
  offsets: z.array(z.number()),
});
export type FaceCalibration = z.infer<typeof calibration>;

const emotionSettings = z
  .object({
    inputName: z.string(),
    outputName: z.string(),
    sidePx: z.number().int().positive(),
    /** Where right eye, left eye, nose, right and left mouth corner (the person's right) lie in a crop, in pixels. */
    template: z.array(pair).length(5),
    /**
     * How logits become probabilities, by the size of the face: smallest first; between two sizes the values lie between. FER+ is web
     * pictures of 48 px, calibrated on themselves; larger faces come from elsewhere, and are read with more doubt and less of FER+'s
     * prior. See the model's card.
     */
    calibrations: z.array(calibration).min(1),
    /** Order of the logits. */
    fineLabels: z.array(z.string()),
    /** Category of each fine label. */
    categoryOf: z.record(z.string(), z.string()),
    /** A fine label that is no category is named from this probability on. */
    fineThresholds: z.record(z.string(), z.number()),
    valence: dimensionMap,
    arousal: dimensionMap,
  })
  .refine(
    ({ fineLabels, calibrations, categoryOf, valence, arousal }) =>
      [...calibrations.map(({ offsets }) => offsets), valence.byFineLabel, arousal.byFineLabel].every(
        ({ length }) => length === fineLabels.length,
      ) && fineLabels.every((label) => label in categoryOf),
    'a number and a category for every fine label',
  );
export type EmotionSettings = z.infer<typeof emotionSettings>;

/** @throws AttuneError 'model-incompatible' */
export const parseDetectorSettings = (settings: unknown): DetectorSettings =>
  parsedSettings(detectorSettings, settings, 'face detection');

/** @throws AttuneError 'model-incompatible' */
export const parseEmotionSettings = (settings: unknown): EmotionSettings =>
  parsedSettings(emotionSettings, settings, 'face');
