/** The packaged app, as released: its fuses are set, so it is driven through the page alone. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chromium } from 'playwright-core';
import { expect } from 'vitest';
import type { AttuneBridge } from '#contract/methods/bridge.ts';
import { environment, sandboxSwitches } from './program.ts';
import { listenForFaults } from './workstation.ts';
import type { Workstation } from './workstation.ts';

interface BridgedWindow {
  attune: AttuneBridge;
}

export const PACKAGED = process.env['ATTUNE_PACKAGED'];

export async function startPackaged(file: string, home: string, files: string[]): Promise<Workstation> {
  // An Electron older than the product's starts the database host on this Node.
  const env = { ...environment(home), ATTUNE_NODE: process.execPath };
  const program = spawn(file, ['--remote-debugging-port=0', ...sandboxSwitches(), '--', ...files], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = await printedAddress(program);
  await pageShown(address);
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0]!;
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  const faults = listenForFaults(page);
  return {
    page,
    electron: null,
    faults,
    call: (method) =>
      page.evaluate((name) => (globalThis as unknown as BridgedWindow).attune.call(name, {}), method),
    /** A second start hands its files to the first, as "Open with…" does. */
    async importFiles(chosen) {
      const second = spawn(file, [...sandboxSwitches(), '--', ...chosen], { env, stdio: 'ignore' });
      await new Promise((resolve) => second.once('exit', resolve));
    },
    crashPage: () => Promise.reject(new Error('A released app cannot be made to crash from outside.')),
    async kill() {
      const ended = new Promise((resolve) => program.once('exit', resolve));
      program.kill('SIGKILL');
      await ended;
    },
    async quit() {
      const ended = new Promise((resolve) => program.once('exit', resolve));
      program.kill('SIGTERM');
      await ended;
    },
  };
}

/** Attaching while the window is being made hangs now and then. */
async function pageShown(address: string): Promise<void> {
  const list = `http://${new URL(address).host}/json/list`;
  await expect
    .poll(async () => (await fetch(list)).text(), { timeout: 60_000, interval: 250 })
    .toContain('"title": "Attune"');
}

function printedAddress(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    program.stderr?.on('data', (piece: Buffer) => {
      said += piece.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    program.once('exit', (code, signal) => reject(new Error(`Attune ended with ${code ?? signal}: ${said}`)));
  });
}
