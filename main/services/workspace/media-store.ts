/** A folder of encrypted files. A file has its name only once it is whole. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_ID_BYTES } from './chunk-format.ts';
import { writeChunks } from './chunk-writer.ts';
import type { ByteSource, WritableFile, Written } from './chunk-writer.ts';
import { publish } from '../../platform/durable.ts';
import { EncryptedFile, workspaceLocked } from './encrypted-file.ts';
import { writeError } from './file-errors.ts';

const WHOLE = '.attm';
const UNFINISHED = '.part';
export const MEDIA_CHUNK_BYTES = 256 * 1024;
export const DERIVED_CHUNK_BYTES = 64 * 1024;

export type CreateFile = (path: string) => Promise<WritableFile>;
const createFile: CreateFile = (path) => open(path, 'wx', 0o600);

export interface StoreOptions {
  folder: string;
  /** 32 bytes; stays the workspace's, which overwrites it at lock. */
  key: Buffer;
  chunkBytes: number;
  createFile?: CreateFile;
}

/** Written and durable, but not yet part of the store. */
export interface StagedFile extends Written {
  fileId: string;
  open(): Promise<EncryptedFile>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** Ids are 32 hex digits. */
export const newFileId = (): string => randomBytes(FILE_ID_BYTES).toString('hex');

export class MediaStore {
  private readonly folder: string;
  private readonly key: Buffer;
  private readonly chunkBytes: number;
  private readonly createFile: CreateFile;
  private readonly opened = new Set<EncryptedFile>();
  private closed = false;

  constructor(options: StoreOptions) {
    this.folder = options.folder;
    this.key = options.key;
    this.chunkBytes = options.chunkBytes;
    this.createFile = options.createFile ?? createFile;
  }

  /** Throws 'disk-full', 'output-not-writable', 'cancelled' or what the source throws; then nothing is left of it. */
  async stage(
    source: ByteSource,
    options: { fileId?: string; signal?: AbortSignal } = {},
  ): Promise<StagedFile> {
    const fileId = options.fileId ?? newFileId();
    const temporary = this.path(fileId, UNFINISHED);
    const discard = (): Promise<void> => rm(temporary, { force: true });
    try {
      const written = await this.writeTo(temporary, source, fileId, options.signal);
      return {
        ...written,
        fileId,
        open: () => this.track(temporary, fileId),
        commit: () => publish(temporary, this.path(fileId, WHOLE)),
        discard,
      };
    } catch (thrown) {
      await discard();
      throw writeError(thrown);
    }
  }

  /** Stages and commits in one go. */
  async write(fileId: string, source: ByteSource): Promise<Written> {
    const staged = await this.stage(source, { fileId });
    await staged.commit();
    return staged;
  }

  open(fileId: string): Promise<EncryptedFile> {
    return this.track(this.path(fileId, WHOLE), fileId);
  }

  async readAll(fileId: string): Promise<Buffer> {
    const file = await this.open(fileId);
    try {
      return await file.readAll();
    } finally {
      await this.release(file);
    }
  }

  async release(file: EncryptedFile): Promise<void> {
    this.opened.delete(file);
    await file.close();
  }

  /** Ids of the whole files. */
  async list(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => name.endsWith(WHOLE)).map((name) => name.slice(0, -WHOLE.length));
  }

  async remove(fileId: string): Promise<void> {
    await rm(this.path(fileId, WHOLE), { force: true });
    await rm(this.path(fileId, UNFINISHED), { force: true });
  }

  /** Removes a staged file that was not committed. */
  async discardUnfinished(fileId: string): Promise<void> {
    await rm(this.path(fileId, UNFINISHED), { force: true });
  }

  /** What a crash left half written. Only for the instance that holds the workspace's lock. */
  async removeUnfinished(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.folder, { recursive: true }))
      if (name.endsWith(UNFINISHED)) await rm(join(this.folder, name), { force: true });
  }

  /** Ends every read; the store is of no use afterwards. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.opened].map((file) => this.release(file)));
  }

  private async writeTo(
    path: string,
    source: ByteSource,
    fileId: string,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    this.refuseClosed();
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = await this.createFile(path);
    try {
      // The store's key may be gone since: never encrypt with what is left of it.
      this.refuseClosed();
      return await writeChunks(file, source, {
        storeKey: this.key,
        fileId: Buffer.from(fileId, 'hex'),
        chunkBytes: this.chunkBytes,
        ...(signal === undefined ? {} : { signal }),
      });
    } finally {
      await file.close();
    }
  }

  private async track(path: string, fileId: string): Promise<EncryptedFile> {
    this.refuseClosed();
    try {
      const file = await EncryptedFile.open(path, this.key, Buffer.from(fileId, 'hex'));
      this.opened.add(file);
      return file;
    } finally {
      if (this.closed) await this.close();
      this.refuseClosed();
    }
  }

  private refuseClosed(): void {
    if (this.closed) throw workspaceLocked();
  }

  private path(fileId: string, ending: string): string {
    return join(this.folder, `${fileId}${ending}`);
  }
}
