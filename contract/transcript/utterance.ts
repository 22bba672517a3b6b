/** Who said what, when. */
import { z } from 'zod';
import { milliseconds, probability } from '../units.ts';

export const word = z.object({
  text: z.string(),
  startMs: milliseconds,
  endMs: milliseconds,
  confidence: probability.nullable(),
});
export type Word = z.infer<typeof word>;

export const utterance = z.object({
  id: z.string(),
  speakerId: z.string(),
  startMs: milliseconds,
  endMs: milliseconds,
  text: z.string(),
  /** Recogniser's confidence; null where a file that was brought in doesn't say. */
  confidence: probability.nullable(),
  /** Empty where word times aren't known. */
  words: z.array(word),
});
export type Utterance = z.infer<typeof utterance>;

export const speaker = z.object({
  id: z.string(),
  /** "Left channel", "Speaker", or the name in an imported transcript. */
  label: z.string(),
  /** Index of the audio channel that is this speaker's own; null when one channel holds everybody. */
  channel: z.number().int().nonnegative().nullable(),
});
export type Speaker = z.infer<typeof speaker>;

export const transcript = z.object({
  source: z.enum(['recognised', 'imported', 'none']),
  /** `id@version` of the recogniser. */
  recogniser: z.string().nullable(),
  language: z.string().nullable(),
  /** How speakers were told apart: a channel each, names in the imported transcript, or not at all (later: by voice). */
  speakersFrom: z.enum(['channels', 'transcript', 'not-separated', 'voices']),
  speakers: z.array(speaker),
  utterances: z.array(utterance),
});
export type Transcript = z.infer<typeof transcript>;
