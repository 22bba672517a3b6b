/** Finished stages of analyses, encrypted, within a limit: what was used longest ago goes first. */
import { createHmac } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { StageCache } from '../analysis/stage-cache.ts';
import { FILE_ID_BYTES } from '../workspace/chunk-format.ts';
import { DERIVED_FOLDER } from '../workspace/open-workspace.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';

const CACHE_FOLDER = 'cache';
const ENDING = '.attm';

export class DerivedCache {
  private readonly workspace: OpenWorkspace;
  private readonly limitBytes: () => number;
  private readonly folder: string;
  /** Writing and making room happen one after another. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(workspace: OpenWorkspace, limitBytes: () => number) {
    this.workspace = workspace;
    this.limitBytes = limitBytes;
    this.folder = join(workspace.path, DERIVED_FOLDER, CACHE_FOLDER);
  }

  forRecording(recordingId: string): StageCache {
    const own = this.nameOf(recordingId);
    const store = this.workspace.derivedStore(CACHE_FOLDER, own);
    const folder = join(this.folder, own);
    return {
      get: async (key) => {
        const name = this.nameOf(`${recordingId}/${key}`);
        try {
          const value = await store.readAll(name);
          await utimes(join(folder, name + ENDING), new Date(), new Date());
          return value;
        } catch (thrown) {
          // Missing, cut by a crash, damaged: in a cache it is all the same.
          if (thrown instanceof AttuneError && thrown.code === 'media-chunk-damaged') return null;
          throw thrown;
        }
      },
      put: (key, value) =>
        this.inTurn(async () => {
          try {
            await store.write(this.nameOf(`${recordingId}/${key}`), [value]);
          } catch (thrown) {
            // A later analysis takes longer; this one has what it needs, and saving its result will tell.
            if (!(thrown instanceof AttuneError && thrown.code === 'disk-full')) throw thrown;
          }
          await this.makeRoom();
        }),
    };
  }

  removeRecording(recordingId: string): Promise<void> {
    return this.inTurn(() =>
      rm(join(this.folder, this.nameOf(recordingId)), { recursive: true, force: true }),
    );
  }

  /** Deletes what belongs to none of these: a crash may come between a recording's removal and its cache's. */
  keepOnly(recordingIds: string[]): Promise<void> {
    const kept = new Set(recordingIds.map((id) => this.nameOf(id)));
    return this.inTurn(async () => {
      for (const name of await namesIn(this.folder))
        if (!kept.has(name)) await rm(join(this.folder, name), { recursive: true, force: true });
    });
  }

  /** Deletes what was used longest ago until the rest fits the limit. */
  private async makeRoom(): Promise<void> {
    const entries = await this.entries();
    let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path, bytes } of entries.sort((a, b) => a.usedMs - b.usedMs)) {
      if (total <= this.limitBytes()) return;
      await rm(path, { force: true });
      total -= bytes;
    }
  }

  private async entries(): Promise<{ path: string; bytes: number; usedMs: number }[]> {
    const found = [];
    for (const name of await readdir(this.folder, { recursive: true })) {
      if (!name.endsWith(ENDING)) continue;
      const path = join(this.folder, name);
      const { size, mtimeMs } = await stat(path);
      found.push({ path, bytes: size, usedMs: mtimeMs });
    }
    return found;
  }

  /** Names tell neither which recording nor which stage they are about. */
  private nameOf(key: string): string {
    return createHmac('sha256', this.workspace.namesKey())
      .update(key)
      .digest('hex')
      .slice(0, FILE_ID_BYTES * 2);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const run = this.turn.then(work);
    this.turn = run.catch(() => undefined);
    return run;
  }
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
