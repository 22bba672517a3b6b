/** `attune serve` and a Chromium in front of it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { CALL_PATH } from '#contract/methods/http.ts';
import { chromium } from 'playwright-core';
import { chromiumFile, environment, ROOT, sandboxSwitches } from './program.ts';
import { listenForFaults } from './workstation.ts';
import type { Workstation } from './workstation.ts';

/** No errands of Chromium's own: they would show in the test that counts what leaves the machine. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

export async function startInBrowser(home: string, files: string[]): Promise<Workstation> {
  const server = spawn(
    process.execPath,
    [path.join(ROOT, 'out/main/serve.js'), '--no-open', '--', ...files],
    { cwd: ROOT, env: environment(home), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const address = await printedAddress(server);
  const browser = await chromium.launch({
    executablePath: chromiumFile(),
    args: [...QUIET, ...sandboxSwitches()],
  });
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  const page = await context.newPage();
  const faults = listenForFaults(page);
  await page.goto(address);
  return {
    page,
    electron: null,
    faults,
    async importFiles(chosen) {
      await page.locator('input[type=file]').first().setInputFiles(chosen);
    },
    call: (method) =>
      page.evaluate(
        async (path) => (await fetch(path, { method: 'POST', body: '{}' })).json(),
        CALL_PATH + method,
      ),
    async crashPage() {
      await page.goto('chrome://crash').catch(() => {});
      // As the person does: the same address again, in the same browser.
      const again = await context.newPage();
      await again.goto(new URL(address).origin);
      return (script) => again.evaluate(script);
    },
    async kill() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      await browser.close();
    },
    async quit() {
      await browser.close();
      await stopped(server);
    },
  };
}

function printedAddress(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (piece: Buffer) => {
      said += piece.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`attune serve ended with ${code}: ${said}`)));
  });
}

/** As Ctrl-C does it. */
async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  const code = await ended;
  if (code !== 0) throw new Error(`attune serve ended with ${code ?? 'a signal'}`);
}
