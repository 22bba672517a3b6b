/** Bytes of every weight file, and milliseconds an item on one thread and on two; writes docs/models/SPEED.md. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '#main/engine.ts';
import { createEngine } from '#main/engine.ts';
import { hostLaunchers } from '#main/host-launchers.ts';
import { SettingsStore } from '#main/platform/settings-store.ts';
import { installedModels } from '#main/platform/weights.ts';
import { measureSpeed, type Speed } from './weights/speed.ts';
import { speedPage } from './weights/page.ts';

const file = path.resolve(import.meta.dirname, '../docs/models/SPEED.md');

export async function benchWeights(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-bench-'));
  const speeds: Speed[] = [];
  try {
    for (const threads of [1, 2]) speeds.push(await withThreads(threads, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const page = await speedPage(await installedModels(), speeds);
  writeFileSync(file, page);
  console.log(page);
}

async function withThreads(threads: number, folder: string): Promise<Speed> {
  const { store } = await SettingsStore.load(path.join(folder, `${threads}.json`));
  await store.update({ threads, executionProvider: 'cpu' });
  const engine: Engine = await createEngine(store, hostLaunchers(null).inference, folder);
  try {
    return await measureSpeed(engine, threads);
  } finally {
    await engine.dispose();
  }
}
