/** The same supervisor in a real Electron, with utility processes. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from 'vite';

const repository = path.resolve(import.meta.dirname, '../..');
const electron = path.join(repository, '.electron-runtime', 'electron');
const ready = existsSync(electron) && existsSync('/usr/bin/xvfb-run');
let folder = '';
let electronPid = 0;

beforeAll(async () => {
  if (!ready) return;
  // Inside the repository, so that the bundle finds its packages.
  const artifacts = path.join(repository, 'tests/.artifacts');
  await mkdir(artifacts, { recursive: true });
  folder = await mkdtemp(path.join(artifacts, 'hosts-'));
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    ssr: { target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      rolldownOptions: {
        external: ['electron'],
        input: {
          'electron-main': path.join(import.meta.dirname, 'fixtures/electron-main.ts'),
          'trouble-host': path.join(import.meta.dirname, 'fixtures/trouble-host.ts'),
        },
      },
    },
  });
  await writeFile(
    path.join(folder, 'package.json'),
    '{"name":"hosts-test","version":"0.0.0","type":"module","main":"electron-main.js"}',
  );
});
afterAll(async () => {
  if (electronPid > 0 && !gone(electronPid)) process.kill(electronPid, 'SIGKILL');
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

const gone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

interface Seen {
  floats: boolean;
  killed: string;
  next: string;
  cancelled: string;
  cancelMs: number;
  pid: number;
  starts: number;
}

/** The program's own process id is needed: killing xvfb-run would leave it. */
function launch(): ChildProcess {
  const args = ['-a', 'sh', '-c', 'echo PID $$; exec "$0" "$@"', electron, folder, '--no-sandbox'];
  return spawn('xvfb-run', [...args, path.join(folder, 'trouble-host.js')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

it.skipIf(!ready)(
  `hosts in utility processes: typed arrays, crash, cancel, end with the app${ready ? '' : ' (needs .electron-runtime and xvfb-run)'}`,
  async () => {
    const shell = launch();
    let seen: Seen | undefined;
    for await (const line of createInterface({ input: shell.stdout! })) {
      if (line.startsWith('PID ')) electronPid = Number(line.slice(4));
      if (!line.startsWith('RESULT ')) continue;
      seen = JSON.parse(line.slice(7)) as Seen;
      expect(gone(seen.pid)).toBe(false);
      process.kill(electronPid, 'SIGKILL');
    }
    expect(seen).toMatchObject({
      floats: true,
      killed: 'host-crashed',
      next: 'next',
      cancelled: 'cancelled',
      starts: 3,
    });
    expect(seen!.cancelMs).toBeLessThan(1000);
    await expect.poll(() => gone(seen!.pid), { timeout: 5000 }).toBe(true);
  },
);
