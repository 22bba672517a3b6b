/** Options of every window: the one place where they are set. */
import type { BrowserWindowConstructorOptions } from 'electron';

export const windowOptions = (preload: string): BrowserWindowConstructorOptions => ({
  width: 1360,
  height: 880,
  minWidth: 900,
  minHeight: 600,
  // Shown when the first picture is there, so that no white sheet flashes.
  show: false,
  title: 'Attune',
  webPreferences: {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    // Lanes and playback move on while another window is in front.
    backgroundThrottling: false,
  },
});
