/** Rows of `attune predict text|voice|face`. */
import { z } from 'zod';
import { CATEGORIES, category } from '../emotion/categories.ts';
import { estimate } from '../emotion/dimensions.ts';
import { qualityReason } from '../emotion/evidence.ts';
import { errorData } from '../errors.ts';
import { probability } from '../units.ts';

export const rowId = z.union([z.string(), z.number()]);

/** What a table has no value for: programs write null for it, or an empty string. */
const absent = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '');
export const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (absent(value) ? undefined : value), type.optional());

/** Tags that name no language: undetermined, several, to be found out. */
const NAMES_NONE = /^(und.*|mul|auto|unknown)$/i;
const languageTag = z.preprocess(
  (tag) => (absent(tag) || (typeof tag === 'string' && NAMES_NONE.test(tag.trim())) ? undefined : tag),
  z.string().optional(),
);

export const textRow = z.object({
  id: rowId,
  text: z.string(),
  language: languageTag,
  context: optional(z.array(z.string().nullable())).transform((said) => said?.filter((one) => one !== null)),
});
export const voiceRow = z.object({
  id: rowId,
  path: z.string().min(1),
  /** 17 and "17" are one speaker. */
  speaker: optional(z.union([z.string(), z.number()]).transform(String)),
});
/** 0 and 1: how tables write a column of yes and no that has gaps. */
const yesOrNo = z.union([z.boolean(), z.literal([0, 1]).transform((value) => value === 1)]);
export const faceRow = z.object({ id: rowId, path: z.string().min(1), cropped: optional(yesOrNo) });
/** What a row that is there to find a confidence must carry beside its own fields. */
export const labelledRow = z.object({ id: rowId, label: category });
export type TextRow = z.infer<typeof textRow>;
export type FaceRow = z.infer<typeof faceRow>;

const byCategory = z.object(
  Object.fromEntries(CATEGORIES.map((c) => [c, probability])) as Record<
    (typeof CATEGORIES)[number],
    typeof probability
  >,
);
export const predictedRow = z.object({
  id: rowId,
  probabilities: byCategory,
  fine: z.record(z.string(), probability),
  /** Fine labels above their own thresholds. */
  labels: z.array(z.string()),
  vad: z.object({
    valence: estimate.optional(),
    arousal: estimate.optional(),
    dominance: estimate.optional(),
  }),
  /** Strength of what is expressed, 0..1: the rated intensities, the strongest weighing most, else 1 - probability of neutral. */
  intensity: probability,
  /** How strongly each of these categories is expressed, 0..1, where the model rates it. */
  intensities: z.partialRecord(category, probability).optional(),
  confidence: probability,
  abstained: z.boolean(),
  quality: probability,
  reasons: z.array(qualityReason),
});
export const failedRow = z.object({ id: rowId.nullable(), error: errorData });
export type PredictedRow = z.infer<typeof predictedRow>;
export type FailedRow = z.infer<typeof failedRow>;
