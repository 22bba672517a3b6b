/** The browser window's transport: the same methods and events over a loopback server, behind a session cookie. */
import { z } from 'zod';

/** POST /api/call/<method> with the input as JSON; every answer, refusals too, is an Envelope as JSON. */
export const CALL_PATH = '/api/call/';
/** POST with the file as the body and its name in UPLOAD_NAME_HEADER; the answer is an Envelope of UploadAnswer. */
export const UPLOAD_PATH = '/api/upload';
/** Percent-encoded with encodeURIComponent. */
export const UPLOAD_NAME_HEADER = 'x-attune-name';
/** WebSocket; each message is an EventMessage as JSON. Nothing is ever sent to it. */
export const EVENTS_PATH = '/api/events';
/** GET with ranges; addresses come from the method media.address. */
export const MEDIA_PATH = '/media/';

export const uploadAnswer = z.object({ uploadId: z.string().min(1).max(64) });
export type UploadAnswer = z.infer<typeof uploadAnswer>;

export const eventMessage = z.object({ name: z.string(), payload: z.unknown() });
export type EventMessage = z.infer<typeof eventMessage>;
