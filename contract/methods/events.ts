/** What main tells the interface unasked. */
import { z } from 'zod';
import { analysisPatch } from '../analysis/patch.ts';
import { errorData } from '../errors.ts';
import { job } from '../jobs/job.ts';
import { settings } from '../system/settings.ts';
import { textsPreview } from '../texts/preview.ts';
import { editState } from '../transcript/edit/log.ts';
import { isoTime } from '../units.ts';
import { workspaceStatus } from '../workspace/status.ts';

export const events = {
  'jobs.changed': job,
  'library.changed': z.object({}),
  'workspace.changed': workspaceStatus,
  'settings.changed': settings,
  /** Somebody edited a transcript; the window that did knows already. */
  'transcript.changed': z.object({ recordingId: z.string(), state: editState }),
  /** Readings came up to a corrected transcript, or why they could not. */
  'analysis.reread': z.object({
    recordingId: z.string(),
    patch: analysisPatch.nullable(),
    error: errorData.nullable(),
  }),
  /** A file of texts was named on the command line or by a second start: the window asks what its columns are. */
  'texts.looked': textsPreview,
  /** A session came in that the person asked for then (a file, the sample): shown, unless they have gone elsewhere since. */
  'app.show': z.object({ sessionId: z.string(), askedAt: isoTime }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = z.output<Events[E]>;
export const EVENT_NAMES = Object.keys(events) as EventName[];
