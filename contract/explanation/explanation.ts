/** What mattered to one modality's reading of one moment, found by asking the model again without parts of its input. */
import { z } from 'zod';
import { CATEGORIES, distribution } from '../emotion/categories.ts';
import { milliseconds, span } from '../units.ts';

const id = z.string().min(1).max(64);

export const explainRequest = z.discriminatedUnion('modality', [
  z.object({ modality: z.literal('text'), recordingId: id, utteranceId: id }),
  z.object({ modality: z.literal('voice'), recordingId: id, utteranceId: id }),
  /** The look at the face nearest to the time. */
  z.object({ modality: z.literal('face'), recordingId: id, faceId: id, timeMs: milliseconds }),
]);
export type ExplainRequest = z.infer<typeof explainRequest>;

/**
 * In the order of CATEGORIES, nats of log-odds: how much higher the category's log-odds are with the part than without it. Positive: the part
 * spoke for the category in this reading; negative: against it.
 */
export const effect = z.array(z.number()).length(CATEGORIES.length);
export type Effect = z.infer<typeof effect>;

const common = {
  /** `id@version` of the model. */
  model: z.string(),
  /** What the model reads from the whole of what was explained. */
  probabilities: distribution,
  /** How often the model was asked. */
  runs: z.number().int().positive(),
};

/** A part of a text, half open, in UTF-16 positions. */
export const explainedText = z.object({
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  effect,
});
export type ExplainedText = z.infer<typeof explainedText>;

export const textExplanation = z.object({
  modality: z.literal('text'),
  ...common,
  utteranceId: id,
  /** In order, without gaps but spaces: words, or in a long text several words that were only asked about together. */
  parts: z.array(explainedText),
  /** What two neighbours do together beyond what they do one by one; the strongest few. */
  phrases: z.array(explainedText),
});
export type TextExplanation = z.infer<typeof textExplanation>;

export const voiceExplanation = z.object({
  modality: z.literal('voice'),
  ...common,
  utteranceId: id,
  /** What was explained: the utterance, or the piece of a long one that by itself sounds most like the utterance's reading. */
  span,
  wholeUtterance: z.boolean(),
  columns: z.array(z.object({ span, effect, levelDb: z.number() })),
  bands: z.array(z.object({ lowHz: z.number(), highHz: z.number(), effect })),
  /** A band in a column; only in the columns that matter most. Places in `columns` and `bands`. */
  cells: z.array(z.object({ column: z.number().int(), band: z.number().int(), effect })),
  /** Joined across its pauses; null where there are none. */
  pauses: z.object({ spans: z.array(span).min(1), effect }).nullable(),
});
export type VoiceExplanation = z.infer<typeof voiceExplanation>;

export const FACE_REGIONS = ['forehead', 'eyes', 'nose', 'cheeks', 'mouth'] as const;
export const faceRegion = z.enum(FACE_REGIONS);
export type FaceRegion = z.infer<typeof faceRegion>;

export const faceExplanation = z.object({
  modality: z.literal('face'),
  ...common,
  faceId: id,
  timeMs: milliseconds,
  /** The face as the model saw it: turned upright, a square of `sidePx`, RGB, base64. */
  crop: z.object({ sidePx: z.number().int().positive(), rgb: z.base64() }),
  regions: z.array(z.object({ region: faceRegion, effect })),
  /** Square, rows from the top. */
  grid: z.object({ side: z.number().int().positive(), effects: z.array(effect) }),
});
export type FaceExplanation = z.infer<typeof faceExplanation>;

export const explanation = z.discriminatedUnion('modality', [
  textExplanation,
  voiceExplanation,
  faceExplanation,
]);
export type Explanation = z.infer<typeof explanation>;
