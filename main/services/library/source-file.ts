/** A recording on disk while it is being brought in: it must stay the file that it was when it was looked at. */
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { AttuneError } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { systemCode } from '../workspace/file-errors.ts';

const READ_BYTES = 1024 * 1024;

export class SourceFile {
  readonly path: string;
  private readonly handle: FileHandle;
  private readonly seen: BigIntStats;

  private constructor(path: string, handle: FileHandle, seen: BigIntStats) {
    this.path = path;
    this.handle = handle;
    this.seen = seen;
  }

  /** Throws 'file-not-found', 'file-not-a-file', 'file-not-readable' or 'file-empty'. */
  static async open(path: string): Promise<SourceFile> {
    try {
      // Opening a pipe would wait for somebody to write into it.
      if (!(await stat(path)).isFile()) throw refused('file-not-a-file', 'That is not a file.');
      const handle = await open(path, 'r');
      const seen = await handle.stat({ bigint: true });
      if (seen.isFile() && seen.size > 0n) return new SourceFile(path, handle, seen);
      await handle.close();
    } catch (thrown) {
      throw fromSystem(thrown);
    }
    throw refused('file-empty', 'The file is empty.');
  }

  get bytes(): number {
    return Number(this.seen.size);
  }

  /** The file from its start; `read` is told how many bytes came so far. Throws 'file-changed' when it got shorter or longer. */
  async *content(read: (bytes: number) => void): AsyncGenerator<Uint8Array> {
    const buffer = Buffer.alloc(READ_BYTES);
    let position = 0;
    for (;;) {
      const { bytesRead } = await this.handle
        .read(buffer, 0, READ_BYTES, position)
        .catch((thrown: unknown) => {
          throw fromSystem(thrown);
        });
      if (bytesRead === 0) break;
      position += bytesRead;
      if (position > this.bytes) throw changed();
      yield buffer.subarray(0, bytesRead);
      read(position);
    }
    if (position !== this.bytes) throw changed();
  }

  /** Throws 'file-changed' when the path doesn't lead to the same, untouched file any more. */
  async verifyUnchanged(): Promise<void> {
    const now = await stat(this.path, { bigint: true }).catch(() => null);
    const same =
      now !== null &&
      now.ino === this.seen.ino &&
      now.dev === this.seen.dev &&
      now.size === this.seen.size &&
      now.mtimeNs === this.seen.mtimeNs;
    if (!same) throw changed();
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

const refused = (code: ErrorCode, message: string, cause?: unknown): AttuneError =>
  new AttuneError(code, message, { kept: 'Nothing was imported.', cause });

const changed = (): AttuneError =>
  new AttuneError('file-changed', 'The file changed or went away while it was being imported.', {
    kept: 'Nothing of it was imported.',
    remedy: 'Wait until whatever writes it has finished, then import it again.',
  });

function fromSystem(thrown: unknown): unknown {
  switch (systemCode(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return refused('file-not-found', 'There is no such file.', thrown);
    case 'EISDIR':
      return refused('file-not-a-file', 'That is a folder.', thrown);
    case 'EACCES':
    case 'EPERM':
    case 'ELOOP':
    case 'EIO':
      return refused('file-not-readable', "The file can't be read.", thrown);
    default:
      return thrown;
  }
}
