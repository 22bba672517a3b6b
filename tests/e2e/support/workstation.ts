/** Attune as a person has it before them, in either shell. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ElectronApplication, Page } from 'playwright-core';
import type { MethodName } from '#contract/methods/table.ts';
import { startInBrowser } from './browser-shell.ts';
import { startInElectron } from './electron-shell.ts';
import { PACKAGED, startPackaged } from './packaged-shell.ts';
import { ARTIFACTS } from './program.ts';

export type ShellName = 'browser' | 'electron';
export const SHELL: ShellName = process.env['ATTUNE_E2E_SHELL'] === 'electron' ? 'electron' : 'browser';

export interface Workstation {
  readonly page: Page;
  /** Electron's main process; null in the other shells, and in a packaged app, which can't be looked into. */
  readonly electron: ElectronApplication | null;
  /** Chooses recordings as the person would, in the dialog of this shell. */
  importFiles(files: string[]): Promise<void>;
  /** Calls a method without an argument, as the page would; gives the envelope. */
  call(method: MethodName): Promise<unknown>;
  /** Crashes the page's own process; gives a way to look into the page that comes back. */
  crashPage(): Promise<(script: string) => Promise<unknown>>;
  /** Quits the program, and waits until it has ended. */
  quit(): Promise<void>;
  /** Kills the program as kill -9 does: it has no moment to store anything. */
  kill(): Promise<void>;
  /** Console errors and refused requests so far: every one of them is a fault of the program. */
  readonly faults: string[];
}

/** A folder of its own for everything that Attune keeps; gone after the test. */
export async function freshHome(): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'attune-e2e-'));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

function startShell(home: string, files: string[]): Promise<Workstation> {
  if (SHELL === 'browser') return startInBrowser(home, files);
  return PACKAGED === undefined ? startInElectron(home, files) : startPackaged(PACKAGED, home, files);
}

/** Started on `home`, and quit after the test if the test has not done so. */
export async function start(home: string, files: string[] = []): Promise<Workstation> {
  const workstation = await startShell(home, files);
  let running = true;
  const quit = async (): Promise<void> => {
    if (!running) return;
    running = false;
    await workstation.quit();
  };
  const kill = async (): Promise<void> => {
    running = false;
    await workstation.kill();
  };
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail' && running) await lastPicture(workstation.page, task.name);
    await quit();
  });
  workstation.page.setDefaultTimeout(30_000);
  return { ...workstation, quit, kill };
}

/** What stood on the screen when the test gave up: tests/.artifacts/<shell>/failed-….png. */
async function lastPicture(page: Page, test: string): Promise<void> {
  const name = `failed-${test.replace(/\W+/g, '-').slice(0, 60)}.png`;
  await page.screenshot({ path: path.join(ARTIFACTS, SHELL, name) }).catch(() => {});
}

/** Notes what the page complains about. */
export function listenForFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  return faults;
}
