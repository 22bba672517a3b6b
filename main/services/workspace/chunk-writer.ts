/** Encrypts a stream into a file, chunk by chunk, with bounded memory. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { cancelledError } from '#contract/errors.ts';
import { writeAll } from '#main/platform/durable.ts';
import { fileKey, newHeader, sealChunk, sealFooter } from './chunk-format.ts';
import type { FileHeader } from './chunk-format.ts';

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
/** What is used of a file handle. */
export type WritableFile = Pick<FileHandle, 'write' | 'sync' | 'close'>;

export interface Written {
  /** Plain bytes. */
  bytes: number;
  /** Of the plain text, in hex. */
  sha256: string;
}

/** Writes header, chunks and footer, and makes them durable; the caller removes the file when this throws. */
export async function writeChunks(
  file: WritableFile,
  source: ByteSource,
  options: { storeKey: Buffer; fileId: Buffer; chunkBytes: number; signal?: AbortSignal },
): Promise<Written> {
  const header = newHeader(options.fileId, options.chunkBytes);
  const key = fileKey(options.storeKey, header);
  try {
    const writer = new ChunkWriter(file, header, key);
    await writeAll(file, header.bytes);
    for await (const bytes of source) {
      if (options.signal?.aborted === true) throw cancelledError();
      await writer.push(bytes);
    }
    return await writer.end();
  } finally {
    key.fill(0);
  }
}

class ChunkWriter {
  private readonly file: WritableFile;
  private readonly header: FileHeader;
  private readonly key: Buffer;
  private readonly hash = createHash('sha256');
  private readonly pending: Buffer;
  private pendingBytes = 0;
  private index = 0;
  private bytes = 0;

  constructor(file: WritableFile, header: FileHeader, key: Buffer) {
    this.file = file;
    this.header = header;
    this.key = key;
    this.pending = Buffer.alloc(header.chunkBytes);
  }

  async push(bytes: Uint8Array): Promise<void> {
    this.hash.update(bytes);
    this.bytes += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const taken = bytes.subarray(at, at + this.header.chunkBytes - this.pendingBytes);
      this.pending.set(taken, this.pendingBytes);
      this.pendingBytes += taken.length;
      at += taken.length;
      if (this.pendingBytes === this.header.chunkBytes) await this.flush();
    }
  }

  async end(): Promise<Written> {
    if (this.pendingBytes > 0) await this.flush();
    const sha256 = this.hash.digest();
    await writeAll(this.file, sealFooter(this.key, this.header, { plainBytes: this.bytes, sha256 }));
    await this.file.sync();
    return { bytes: this.bytes, sha256: sha256.toString('hex') };
  }

  private async flush(): Promise<void> {
    const plain = this.pending.subarray(0, this.pendingBytes);
    await writeAll(this.file, sealChunk(this.key, this.header, this.index, plain));
    plain.fill(0);
    this.index += 1;
    this.pendingBytes = 0;
  }
}
