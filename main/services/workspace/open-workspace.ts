/** Everything that exists only while a workspace is open. */
import { join } from 'node:path';
import type { HostClient } from '../../hosts/client.ts';
import type { DatabaseTasks, StoreFile } from '../../hosts/database/tasks.ts';
import type { WorkspaceKeys } from '../../platform/keys/workspace-keys.ts';
import { DatabaseSession } from './database-session.ts';
import type { LockFile } from './lock-file.ts';
import { DERIVED_CHUNK_BYTES, MEDIA_CHUNK_BYTES, MediaStore } from './media-store.ts';
import { RangeServer } from './range-server.ts';
import { ServedMedia } from './served-media.ts';

export const DATABASE_NAME = 'workspace.db';
export const DESCRIPTION_NAME = 'workspace.json';
export const LOCK_NAME = 'workspace.lock';
export const MEDIA_FOLDER = 'media';
export const DERIVED_FOLDER = 'derived';

export class OpenWorkspace {
  readonly path: string;
  readonly database: DatabaseSession;
  readonly media: MediaStore;
  readonly derived: MediaStore;
  readonly ranges = new RangeServer();
  readonly served: ServedMedia;
  private readonly stores = new Map<string, MediaStore>();
  private readonly keys: WorkspaceKeys;
  private readonly lock: LockFile;

  private constructor(path: string, keys: WorkspaceKeys, lock: LockFile, host: HostClient<DatabaseTasks>) {
    this.path = path;
    this.keys = keys;
    this.lock = lock;
    this.database = new DatabaseSession(host, join(path, DATABASE_NAME), keys.database);
    this.media = this.store(MEDIA_FOLDER, keys.media, MEDIA_CHUNK_BYTES);
    this.derived = this.store(DERIVED_FOLDER, keys.derived, DERIVED_CHUNK_BYTES);
    this.served = new ServedMedia(this.media, this.ranges);
  }

  /** Takes over the keys and the lock, also when it throws. */
  static async open(
    path: string,
    keys: WorkspaceKeys,
    lock: LockFile,
    host: HostClient<DatabaseTasks>,
  ): Promise<OpenWorkspace> {
    const workspace = new OpenWorkspace(path, keys, lock, host);
    try {
      await workspace.database.open();
      await workspace.recover();
      return workspace;
    } catch (thrown) {
      await workspace.close();
      throw thrown;
    }
  }

  /** A store of its own in a folder under derived/; the same one each time. */
  derivedStore(...folders: string[]): MediaStore {
    return this.store(join(DERIVED_FOLDER, ...folders), this.keys.derived, DERIVED_CHUNK_BYTES);
  }

  /** For names of files that must not tell what they are about. */
  namesKey(): Buffer {
    return this.keys.names;
  }

  /** Deletes files that nothing refers to any more, and forgets them. */
  async deleteFiles(files: StoreFile[]): Promise<void> {
    for (const { store, fileId } of files) {
      if (store === 'media') await this.served.revoke(fileId);
      await (store === 'media' ? this.media : this.derived).remove(fileId);
    }
    if (files.length > 0) await this.database.call('files.forget', { files });
  }

  async close(): Promise<void> {
    await this.ranges.close();
    await Promise.all([...this.stores.values()].map((store) => store.close()));
    try {
      await this.database.close();
    } finally {
      this.keys.forget();
      await this.lock.release();
    }
  }

  /** Takes back what a crash left half done. Only what the database or its name marks as unfinished is deleted. */
  private async recover(): Promise<void> {
    await this.media.removeUnfinished();
    await this.derived.removeUnfinished();
    const { files } = await this.database.call('files.planned', {});
    await this.deleteFiles(files);
    await this.database.call('recordings.recover', {});
    await this.database.call('texts.recover', {});
  }

  private store(folder: string, key: Buffer, chunkBytes: number): MediaStore {
    const known = this.stores.get(folder);
    if (known !== undefined) return known;
    const store = new MediaStore({ folder: join(this.path, folder), key, chunkBytes });
    this.stores.set(folder, store);
    return store;
  }
}
