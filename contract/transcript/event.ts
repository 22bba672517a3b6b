/** What is heard beside words: laughter, a sigh, tears, a silence. */
import { z } from 'zod';
import { milliseconds } from '../units.ts';

export const EVENT_KINDS = ['laughs', 'sighs', 'cries', 'silence'] as const;
export const eventKind = z.enum(EVENT_KINDS);
export type EventKind = z.infer<typeof eventKind>;

export const heardEvent = z.object({
  id: z.string(),
  kind: eventKind,
  startMs: milliseconds,
  endMs: milliseconds,
  /** Whose it is; null for a silence, or where nobody has said. */
  speakerId: z.string().nullable(),
});
export type HeardEvent = z.infer<typeof heardEvent>;
