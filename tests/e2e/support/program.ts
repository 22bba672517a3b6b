/** The built program and the runtimes that the journeys use. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
export const ARTIFACTS = path.join(ROOT, 'tests', '.artifacts');

const CHROMIUMS = [
  process.env['ATTUNE_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

export function chromiumFile(): string {
  const file = CHROMIUMS.find((candidate) => candidate !== undefined && existsSync(candidate));
  if (file === undefined) throw new Error('No Chromium was found; name one with ATTUNE_CHROMIUM.');
  return file;
}

/** The tests' own Electron where it has been prepared, else the one that package.json names. */
export function electronFile(): string {
  const prepared = path.join(ROOT, '.electron-runtime', 'electron');
  if (existsSync(prepared)) return prepared;
  const folder = path.join(ROOT, 'node_modules', 'electron', 'dist');
  const names = { linux: 'electron', win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
  return path.join(folder, names[process.platform as keyof typeof names]);
}

/** Chromium's sandbox does not work for root; this switch is the tests' alone. */
export const sandboxSwitches = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** The environment of a program under test: its own home, and no display or token of ours by accident. */
export const environment = (home: string): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(NODE_OPTIONS|ELECTRON_RUN_AS_NODE|VITEST.*)$/.test(entry[0]),
    ),
  ),
  ATTUNE_HOME: home,
});
