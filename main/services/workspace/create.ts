/** A new workspace is built beside its place and takes it in one step: a crash leaves either none or a whole one. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { HostClient } from '../../hosts/client.ts';
import type { DatabaseTasks } from '../../hosts/database/tasks.ts';
import type { WorkspaceKeys } from '../../platform/keys/workspace-keys.ts';
import { syncFolder, writeWhole } from '../../platform/durable.ts';
import { systemCode, writeError } from './file-errors.ts';
import { DATABASE_NAME, DERIVED_FOLDER, DESCRIPTION_NAME, MEDIA_FOLDER } from './open-workspace.ts';

/** Throws 'workspace-exists' unless `path` is free or an empty folder. */
export async function refuseOccupied(path: string): Promise<void> {
  const names = await readdir(path).catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return [];
    throw systemCode(thrown) === 'ENOTDIR' ? occupied() : writeError(thrown);
  });
  if (names.length > 0) throw occupied();
}

/** Throws 'workspace-exists', 'disk-full' or 'output-not-writable'; then nothing is left of it. */
export async function buildWorkspace(
  path: string,
  keys: WorkspaceKeys,
  description: string,
  database: HostClient<DatabaseTasks>,
): Promise<void> {
  const parent = dirname(path);
  const building = join(parent, `.${basename(path)}.creating-${randomUUID()}`);
  try {
    await mkdir(parent, { recursive: true });
    for (const folder of [building, join(building, MEDIA_FOLDER), join(building, DERIVED_FOLDER)])
      await mkdir(folder, { mode: 0o700 });
    await database.call('database.create', { path: join(building, DATABASE_NAME), key: keys.database });
    await database.call('database.close', {});
    await writeWhole(join(building, DESCRIPTION_NAME), description);
    await takePlace(building, path);
    await syncFolder(parent);
  } catch (thrown) {
    await rm(building, { recursive: true, force: true });
    throw writeError(thrown);
  }
}

async function takePlace(building: string, path: string): Promise<void> {
  try {
    // An empty folder makes room; one that filled up meanwhile refuses.
    await rmdir(path).catch((thrown: unknown) => {
      if (systemCode(thrown) !== 'ENOENT') throw thrown;
    });
    await rename(building, path);
  } catch (thrown) {
    throw ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(systemCode(thrown) ?? '') ? occupied() : thrown;
  }
}

const occupied = (): AttuneError =>
  new AttuneError('workspace-exists', "The workspace's folder is there already and holds files.", {
    kept: 'Nothing was changed.',
    remedy: 'Open the workspace that is there, or choose another folder.',
  });
