/** An encrypted file, open for reading at random. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { AttuneError } from '#contract/errors.ts';
import {
  FOOTER_BYTES,
  HEADER_BYTES,
  TAG_BYTES,
  chunkDamaged,
  chunkOffset,
  fileKey,
  openChunk,
  openFooter,
  parseHeader,
  storedBytes,
} from './chunk-format.ts';
import type { FileFooter, FileHeader } from './chunk-format.ts';
import { systemCode } from './file-errors.ts';

export class EncryptedFile {
  private readonly handle: FileHandle;
  private readonly header: FileHeader;
  private readonly key: Buffer;
  private readonly footer: FileFooter;
  private closed = false;

  private constructor(handle: FileHandle, header: FileHeader, key: Buffer, footer: FileFooter) {
    this.handle = handle;
    this.header = header;
    this.key = key;
    this.footer = footer;
  }

  /**
   * Proves header, length and footer; a chunk is proven when it is read.
   * Throws 'media-chunk-damaged' for a missing, cut, lengthened or exchanged file.
   */
  static async open(path: string, storeKey: Buffer, fileId: Buffer): Promise<EncryptedFile> {
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (thrown) {
      throw systemCode(thrown) === 'ENOENT' ? chunkDamaged(thrown) : thrown;
    }
    try {
      const header = parseHeader(await readExactly(handle, 0, HEADER_BYTES));
      if (!header.fileId.equals(fileId)) throw chunkDamaged();
      const { size } = await handle.stat();
      if (size < HEADER_BYTES + FOOTER_BYTES) throw chunkDamaged();
      const key = fileKey(storeKey, header);
      const footer = openFooter(key, header, await readExactly(handle, size - FOOTER_BYTES, FOOTER_BYTES));
      if (storedBytes(footer.plainBytes, header.chunkBytes) !== size) throw chunkDamaged();
      return new EncryptedFile(handle, header, key, footer);
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** Plain bytes. */
  size(): number {
    return this.footer.plainBytes;
  }

  /** Of the plain text as it was written, in hex. */
  sha256(): string {
    return this.footer.sha256.toString('hex');
  }

  /** Plain bytes start <= i < end, one chunk in memory at a time. Throws 'media-chunk-damaged' where the damage is reached. */
  async *readRange(start = 0, end = this.size()): AsyncGenerator<Buffer> {
    const { chunkBytes } = this.header;
    const last = Math.min(end, this.size());
    for (let at = Math.max(0, start); at < last;) {
      const index = Math.floor(at / chunkBytes);
      const plain = await this.chunk(index);
      const from = index * chunkBytes;
      yield plain.subarray(at - from, Math.min(last - from, plain.length));
      at = from + plain.length;
    }
  }

  /** For small files: everything at once. */
  async readAll(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.readRange()) parts.push(part);
    return Buffer.concat(parts);
  }

  /** Forgets the key. Reads under way end with 'workspace-locked'. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.key.fill(0);
    await this.handle.close();
  }

  private async chunk(index: number): Promise<Buffer> {
    const { chunkBytes } = this.header;
    const plainBytes = Math.min(chunkBytes, this.size() - index * chunkBytes);
    try {
      const stored = await readExactly(this.handle, chunkOffset(index, chunkBytes), plainBytes + TAG_BYTES);
      return openChunk(this.key, this.header, index, stored);
    } catch (thrown) {
      // Closing takes the handle and the key away under a read: that is no damage.
      if (this.isClosed()) throw workspaceLocked();
      throw systemCode(thrown) === 'EIO' ? chunkDamaged(thrown) : thrown;
    }
  }

  private isClosed(): boolean {
    return this.closed;
  }
}

export const workspaceLocked = (): AttuneError =>
  new AttuneError('workspace-locked', 'The workspace is locked.', {
    kept: 'Everything stored is still there.',
    remedy: 'Unlock it first.',
  });

async function readExactly(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw chunkDamaged();
    at += bytesRead;
  }
  return bytes;
}
