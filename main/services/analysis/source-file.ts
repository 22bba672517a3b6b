/** A recording on disk as an analysis names it: its hash, and the promise that it didn't change meanwhile. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';

export interface SourceFile {
  name: string;
  bytes: number;
  sha256: string;
  /** @throws AttuneError 'file-changed' when the file is not what it was when it was hashed. */
  confirm(): Promise<void>;
}

const changed = (cause?: unknown): AttuneError =>
  new AttuneError('file-changed', 'The recording changed or disappeared while it was being read.', {
    kept: 'Nothing was written for it.',
    remedy: 'Wait until it is complete, then try again.',
    cause,
  });

/** The file must exist; probing it before says better what is wrong with it. */
export async function hashSourceFile(file: string, signal: AbortSignal): Promise<SourceFile> {
  const before = await stat(file).catch((cause: unknown) => {
    throw changed(cause);
  });
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file, { signal })) hash.update(bytes as Buffer);
  const source: SourceFile = {
    name: path.basename(file),
    bytes: before.size,
    sha256: hash.digest('hex'),
    async confirm() {
      const now = await stat(file).catch((cause: unknown) => {
        throw changed(cause);
      });
      if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || now.ino !== before.ino)
        throw changed();
    },
  };
  await source.confirm();
  return source;
}
