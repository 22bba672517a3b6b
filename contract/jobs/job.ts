/** Long work as the interface sees it: whole state, never a delta. */
import { z } from 'zod';
import { errorData } from '../errors.ts';
import { isoTime, probability } from '../units.ts';

export const JOB_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const jobState = z.enum(JOB_STATES);
export type JobState = z.infer<typeof jobState>;

export const JOB_KINDS = ['import', 'analysis', 'sample', 'speakers', 'explanation', 'model'] as const;
export const jobKind = z.enum(JOB_KINDS);
export type JobKind = z.infer<typeof jobKind>;

export const jobStage = z.object({
  name: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'reused', 'skipped']),
  fraction: probability,
});
export type JobStage = z.infer<typeof jobStage>;

/** The stage in which a job of kind 'model' fetches files from elsewhere: while it runs, and never else, there is a connection. */
export const DOWNLOAD_STAGE = 'model-download';

export const job = z.object({
  id: z.string(),
  kind: jobKind,
  state: jobState,
  /** What the work is about. */
  sessionId: z.string().nullable(),
  recordingId: z.string().nullable(),
  title: z.string(),
  stages: z.array(jobStage),
  fraction: probability,
  /** Estimated from the speed so far; null until there is one. */
  remainingMs: z.number().int().nonnegative().nullable(),
  /** What lies here of a download, so that a later one from that address can go on with it; null: nothing of the kind. */
  heldBytes: z.number().int().nonnegative().nullable(),
  createdAt: isoTime,
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  error: errorData.nullable(),
});
export type Job = z.infer<typeof job>;

export const isEnded = (state: JobState): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'cancelled';
