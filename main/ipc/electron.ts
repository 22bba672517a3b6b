/** The method table over Electron's IPC: one channel for calls, one for events. */
import { ipcMain } from 'electron';
import type { WebContents, WebFrameMain } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '#contract/methods/bridge.ts';
import { dispatch } from './dispatch.ts';
import type { DispatchOptions } from './dispatch.ts';
import type { EventSource } from './handlers.ts';

export interface IpcOptions extends DispatchOptions {
  readonly events: EventSource;
  /** Our own window, or null while there is none. */
  readonly ownContents: () => WebContents | null;
  /** Origin that our own pages have, e.g. "attune://app". */
  readonly ownOrigin: string;
}

/** Only the main frame of our own window, showing our own page, is listened to. */
function isTrusted(frame: WebFrameMain | null, sender: WebContents, options: IpcOptions): boolean {
  const own = options.ownContents();
  return (
    frame !== null &&
    own !== null &&
    sender.id === own.id &&
    frame.parent === null &&
    `${new URL(frame.url).protocol}//${new URL(frame.url).host}` === options.ownOrigin
  );
}

/** Returns the function that stops serving. */
export function serveIpc(options: IpcOptions): () => void {
  ipcMain.handle(CALL_CHANNEL, (event, method: unknown, input: unknown) =>
    dispatch(options, {
      sender: isTrusted(event.senderFrame, event.sender, options) ? 'electron' : null,
      method,
      input,
    }),
  );
  const stop = options.events.onEvent(({ name, payload }) => {
    const own = options.ownContents();
    if (own !== null && !own.isDestroyed()) own.send(EVENT_CHANNEL, name, payload);
  });
  return () => {
    ipcMain.removeHandler(CALL_CHANNEL);
    stop();
  };
}
