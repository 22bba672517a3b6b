/** Who said what, when. */
import { z } from 'zod';
import { milliseconds, probability } from '../units.ts';
import { heardEvent } from './event.ts';

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
  /** Recogniser's confidence; null for an imported transcript. */
  confidence: probability.nullable(),
  /** Empty where word times aren't known. */
  words: z.array(word),
});
export type Utterance = z.infer<typeof utterance>;

/** Roles that have a name of their own in every language; a person may write another. */
export const SPEAKER_ROLES = ['therapist', 'client', 'agent', 'caller'] as const;
/** Speakers are told apart by as many colours. */
export const SPEAKER_COLOUR_COUNT = 6;

export const speaker = z.object({
  id: z.string(),
  /** "Left channel", "Speaker", or the name in an imported transcript. */
  label: z.string(),
  /** Index of the audio channel that is this speaker's own; null when one channel holds everybody. */
  channel: z.number().int().nonnegative().nullable(),
  /** One of SPEAKER_ROLES or the person's own word; absent: not said. */
  role: z.string().min(1).max(60).optional(),
  /** Which of the speaker colours; absent: by place in the list. */
  colour: z
    .number()
    .int()
    .min(0)
    .max(SPEAKER_COLOUR_COUNT - 1)
    .optional(),
  /** True: told apart from another by voices so like each other that what is theirs may be the other's. */
  alike: z.boolean().optional(),
  /** Ids of remembered voices that a person said this isn't, so that they are not suggested again. */
  notVoices: z.array(z.string().max(64)).max(1000).optional(),
});
export type Speaker = z.infer<typeof speaker>;

/** Somebody gave this speaker a name: it isn't one that Attune counts speakers by. */
export const isNamed = ({ label }: Pick<Speaker, 'label'>): boolean =>
  label !== '' && !/^(Speaker( \d+)?|(Left|Right) channel|说话人 \d+)$/.test(label);

/** BCP 47: the words were recognised in the one language there was, and are too unsure to be in it. */
export const UNDETERMINED = 'und';

export const transcript = z.object({
  source: z.enum(['recognised', 'imported', 'none']),
  /** `id@version` of the recogniser. */
  recogniser: z.string().nullable(),
  language: z.string().nullable(),
  /** How speakers were told apart: a channel each, names in the imported transcript, by their voices, or not at all. */
  speakersFrom: z.enum(['channels', 'transcript', 'not-separated', 'voices']),
  speakers: z.array(speaker),
  utterances: z.array(utterance),
  /** What is heard beside words, in order of time; absent: none marked. */
  events: z.array(heardEvent).optional(),
});
export type Transcript = z.infer<typeof transcript>;
