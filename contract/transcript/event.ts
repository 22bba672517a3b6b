/** What is heard beside words: laughter, a sigh, tears, a silence, several people at once; and where somebody is as they usually are. */
import { z } from 'zod';
import { milliseconds, probability } from '../units.ts';

/** `neutral`: a person says that this speaker shows no emotion here; it helps to find how they usually sound. */
export const EVENT_KINDS = ['laughs', 'sighs', 'cries', 'silence', 'crosstalk', 'neutral'] as const;
export const eventKind = z.enum(EVENT_KINDS);
export type EventKind = z.infer<typeof eventKind>;

export const heardEvent = z.object({
  id: z.string(),
  kind: eventKind,
  startMs: milliseconds,
  endMs: milliseconds,
  /** Whose it is; null for a silence, for several people at once, or where nobody has said. */
  speakerId: z.string().nullable(),
  /** How sure Attune is that it is there, where it was found by the sound; absent: a person's mark. */
  confidence: probability.optional(),
});
export type HeardEvent = z.infer<typeof heardEvent>;
