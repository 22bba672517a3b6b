/** A model where a person says it lies on this machine. */
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import { folderSource } from './folder-source.ts';
import type { ModelSource } from './source.ts';
import { zipSource } from './zip-source.ts';

/** A folder, or a ZIP archive. Throws 'file-not-found', 'file-not-readable', 'model-damaged'. */
export async function pathSource(place: string): Promise<ModelSource> {
  const found = await stat(place).catch(() => null);
  if (found === null) throw new AttuneError('file-not-found', 'There is no such file or folder.');
  if (found.isDirectory()) return folderSource(place);
  const handle = await open(place, 'r').catch((cause: unknown) => {
    throw new AttuneError('file-not-readable', "The file can't be read.", { cause });
  });
  return zipSource(path.basename(place), {
    bytes: found.size,
    async read(from, to) {
      const buffer = Buffer.alloc(Math.max(0, to - from));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
      return buffer.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  });
}
