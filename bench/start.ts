/** From start to a page that can be used: the browser window, and Electron where it and a display are here. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, chromium } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '..');
const RUNS = 3;
const asRoot = process.getuid?.() === 0;
const seconds = (from: number): string => ((performance.now() - from) / 1000).toFixed(2);

async function browserWindow(env: NodeJS.ProcessEnv): Promise<string | null> {
  const executablePath = [process.env['ATTUNE_CHROMIUM'], '/usr/bin/chromium'].find(
    (file) => file && existsSync(file),
  );
  if (!executablePath) return null;
  const from = performance.now();
  const server = spawn(process.execPath, [path.join(ROOT, 'out/main/serve.js'), '--no-open'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  const browser = await chromium.launch({
    executablePath,
    args: asRoot ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
  });
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const address = /http:\/\/\S+/.exec(line)?.[0];
      if (!address) continue;
      const page = await browser.newPage();
      await page.goto(address);
      await page.getByRole('heading').first().waitFor();
      return seconds(from);
    }
    throw new Error('The server ended without giving an address.');
  } finally {
    await browser.close();
    server.kill();
    await ended;
  }
}

async function electronWindow(env: NodeJS.ProcessEnv): Promise<string | null> {
  const executablePath = path.join(ROOT, '.electron-runtime/electron');
  if (!existsSync(executablePath) || (process.platform === 'linux' && !process.env['DISPLAY'])) return null;
  const from = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: [ROOT, ...(asRoot ? ['--no-sandbox'] : [])],
    chromiumSandbox: !asRoot,
    cwd: ROOT,
    env: env as Record<string, string>,
  });
  try {
    const page = await app.firstWindow();
    await page.getByRole('heading').first().waitFor();
    return seconds(from);
  } finally {
    await app.close();
  }
}

export async function benchStart(): Promise<void> {
  for (const [name, start] of [
    ['Browser window', browserWindow],
    ['Electron', electronWindow],
  ] as const) {
    const times: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const home = mkdtempSync(path.join(os.tmpdir(), 'attune-bench-'));
      try {
        const time = await start({ ...process.env, ATTUNE_HOME: home });
        if (time === null) break;
        times.push(`${time} s`);
      } finally {
        rmSync(home, { recursive: true, force: true });
      }
    }
    console.log(
      `${name}, start to first usable page: ${times.join(', ') || 'not here (needs Chromium; for Electron npm test once, and a display: xvfb-run -a)'}`,
    );
  }
}
