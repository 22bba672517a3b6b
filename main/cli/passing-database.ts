/** A database for one command: encrypted with a key that nobody keeps, and gone afterwards. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hostLaunchers } from '#main/host-launchers.ts';
import { hostEntry } from '#main/hosts/entries.ts';
import type { DatabaseTasks } from '#main/hosts/database/tasks.ts';
import { HostSupervisor } from '#main/hosts/supervisor.ts';

export async function withPassingDatabase<T>(
  work: (database: HostSupervisor<DatabaseTasks>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'attune-texts-'));
  const launch = hostLaunchers(null).database;
  const database = new HostSupervisor<DatabaseTasks>({
    label: 'database',
    launch: () => launch(hostEntry('database')),
  });
  try {
    await database.call('database.create', { path: path.join(folder, 'texts.db'), key: randomBytes(32) });
    return await work(database);
  } finally {
    await database.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
