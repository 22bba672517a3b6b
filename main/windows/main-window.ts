/** The workstation's one window: opened, kept at home, and brought back when its page crashes. */
import { BrowserWindow } from 'electron';
import type { Log } from '../platform/log.ts';
import { isOurPage, START_ADDRESS } from './addresses.ts';
import { windowOptions } from './options.ts';

/** More crashes than this within the span below: the page is broken, and reloading would only loop. */
const MAX_CRASHES = 3;
const CRASH_SPAN_MS = 60_000;

export interface MainWindow {
  readonly window: BrowserWindow;
  load(): Promise<void>;
  /** Brings it to the front. */
  show(): void;
}

export function createMainWindow(preload: string, log: Log): MainWindow {
  const window = new BrowserWindow(windowOptions(preload));
  const contents = window.webContents;
  window.once('ready-to-show', () => window.show());

  let crashes: number[] = [];
  contents.on('render-process-gone', (_event, details) => {
    log.write('window-crashed', { exitCode: details.exitCode });
    if (details.reason === 'clean-exit') return;
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < CRASH_SPAN_MS), now];
    // The page asks app.view where it was, and goes there.
    if (crashes.length <= MAX_CRASHES) contents.reload();
    else window.destroy();
  });
  // Chromium asks nobody before it shows an empty page.
  contents.on('did-navigate', (_event, url) => {
    if (!isOurPage(url)) void window.loadURL(START_ADDRESS);
  });
  window.on('unresponsive', () => log.write('window-unresponsive'));

  return {
    window,
    load: () => window.loadURL(START_ADDRESS),
    show() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
