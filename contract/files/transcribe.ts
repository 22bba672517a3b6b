/** Rows of `attune transcribe`. */
import { z } from 'zod';
import { analysisSettings } from '../analysis/settings.ts';
import { milliseconds, probability } from '../units.ts';
import { optional, rowId } from './predict.ts';

/** `language`: BCP 47 primary tag; absent, null or 'auto': found out. */
export const soundRow = z.object({
  id: rowId,
  path: z.string().min(1),
  language: optional(
    z
      .string()
      .transform((tag) => tag.split(/[-_]/, 1)[0]!.toLowerCase())
      .pipe(analysisSettings.shape.language.unwrap()),
  ),
});
export type SoundRow = z.infer<typeof soundRow>;

const timed = {
  text: z.string(),
  start: milliseconds,
  end: milliseconds,
  confidence: probability.nullable(),
};
export const transcribedRow = z.object({
  id: rowId,
  language: z.string().nullable(),
  /** `words` is empty where their times aren't known. */
  utterances: z.array(z.object({ ...timed, speaker: z.string(), words: z.array(z.object(timed)) })),
});
export type TranscribedRow = z.infer<typeof transcribedRow>;
