/** The real loopback server before a small program, with a page folder of its own. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { serveHttp } from '#main/ipc/http/server.ts';
import type { HttpShell } from '#main/ipc/http/server.ts';
import { smallApp } from './small-app.ts';
import type { SmallApp } from './small-app.ts';

export interface SmallShell {
  readonly app: SmallApp;
  readonly shell: HttpShell;
  readonly failures: (string | null)[];
  readonly folder: string;
  stop(): Promise<void>;
}

export async function smallShell(): Promise<SmallShell> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'attune-shell-'));
  const folder = path.join(root, 'page');
  await mkdir(folder);
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Attune</title>');
  await writeFile(path.join(folder, 'app.js'), 'export {};');
  await writeFile(path.join(root, 'secret.html'), 'secret');
  await writeFile(path.join(root, 'secret.js'), 'secret');
  const app = smallApp();
  const failures: (string | null)[] = [];
  const shell = await serveHttp({
    handlers: app.handlers,
    events: app.events,
    uploads: app.uploads,
    media: app.media,
    pageFolder: folder,
    port: 0,
    checkOutput: true,
    onFailure: (_method, code) => failures.push(code),
  });
  return {
    app,
    shell,
    failures,
    folder,
    async stop() {
      await shell.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
