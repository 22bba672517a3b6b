/** What the preload puts at `window.attune`. It hands over envelopes: an error's code does not survive Electron's context bridge. */
import { AttuneError } from '../errors.ts';
import { envelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import type { EventName } from './events.ts';
import type { ImportSource, MethodName } from './table.ts';

/** Electron's IPC: one channel for calls, one for events. */
export const CALL_CHANNEL = 'attune:call';
export const EVENT_CHANNEL = 'attune:event';

export interface AttuneBridge {
  readonly shell: 'electron';
  call(method: MethodName, input: unknown): Promise<Envelope>;
  on(event: EventName, listener: (payload: unknown) => void): () => void;
  sourceOf(file: File): ImportSource;
}

/** The value of an answer, from either transport; throws the AttuneError it carries. */
export function unwrap(answer: unknown): unknown {
  const parsed = envelope.safeParse(answer);
  if (!parsed.success) throw new AttuneError('internal', 'The answer from Attune could not be read.');
  if (parsed.data.ok) return parsed.data.value;
  throw AttuneError.fromData(parsed.data.error);
}
