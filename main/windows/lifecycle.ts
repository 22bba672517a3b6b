/** Starting once, and stopping without losing anything. */
import { app } from 'electron';
import type { Log } from '../platform/log.ts';

/** Longer than any job may take to notice that it is cancelled. */
const CLOSE_LIMIT_MS = 15_000;

/** Quitting waits until running work is cancelled and the hosts have stopped. */
export function quitCleanly(close: () => Promise<void>, log: Log): void {
  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    event.preventDefault();
    closing = true;
    const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS));
    void Promise.race([close(), late])
      .catch(() => log.write('unexpected-error', { code: 'uncaught' }))
      .finally(() => {
        log.write('stop', { what: 'electron' });
        app.exit(0);
      });
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

/** Files that the system or a second start hands over; those that come early wait for the listener. */
export function handedFiles(): { onFiles(listener: (files: string[]) => void): void } {
  let early: string[] = [];
  let listener: ((files: string[]) => void) | null = null;
  const hand = (files: string[]): void => {
    if (listener === null) early.push(...files);
    else listener(files);
  };
  app.on('open-file', (event, file) => {
    event.preventDefault();
    hand([file]);
  });
  app.on('second-instance', (_event, _argv, _folder, data) => hand(filesOf(data)));
  return {
    onFiles(given) {
      listener = given;
      given(early);
      early = [];
    },
  };
}

function filesOf(data: unknown): string[] {
  const files = (data as { files?: unknown } | null)?.files;
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
}
