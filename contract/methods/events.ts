/** What main tells the interface unasked. */
import { z } from 'zod';
import { job } from '../jobs/job.ts';
import { settings } from '../system/settings.ts';
import { workspaceStatus } from '../workspace/status.ts';

export const events = {
  'jobs.changed': job,
  'library.changed': z.object({}),
  'workspace.changed': workspaceStatus,
  'settings.changed': settings,
  /** Main asks the window to show a session (a file given on the command line, the sample). */
  'app.show': z.object({ sessionId: z.string() }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = z.output<Events[E]>;
export const EVENT_NAMES = Object.keys(events) as EventName[];
