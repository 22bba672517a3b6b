/** What the library lists: participants, sessions and their recordings. */
import { z } from 'zod';
import { errorData } from '../errors.ts';
import { mediaInfo } from '../media/media-info.ts';
import { isoTime, milliseconds } from '../units.ts';

export const recordingState = z.enum(['imported', 'analysing', 'analysed', 'failed']);

export const recording = z.object({
  id: z.string(),
  sessionId: z.string(),
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
  media: mediaInfo,
  state: recordingState,
  error: errorData.nullable(),
  importedAt: isoTime,
});
export type Recording = z.infer<typeof recording>;

/** A tiny picture of a session: one fused top category per equal slice, null where nothing is known, 'not-sure' where abstained. */
export const ribbonSlice = z.string().nullable();

export const sessionSummary = z.object({
  id: z.string(),
  title: z.string(),
  participant: z.string().nullable(),
  createdAt: isoTime,
  durationMs: milliseconds,
  /** How many texts a session of texts has; null for recordings. */
  texts: z.number().int().nonnegative().nullable(),
  state: recordingState,
  sample: z.boolean(),
  ribbon: z.array(ribbonSlice),
  hasVideo: z.boolean(),
});
export type SessionSummary = z.infer<typeof sessionSummary>;

export const sessionDetail = z.object({ session: sessionSummary, recordings: z.array(recording) });
export type SessionDetail = z.infer<typeof sessionDetail>;
