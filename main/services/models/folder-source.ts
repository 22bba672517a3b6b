/** A model's folder on this machine. */
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import { systemCode } from '../workspace/file-errors.ts';
import { MOST_ENTRIES, type ModelSource, type SourceEntry } from './source.ts';

const READ_BYTES = 1 << 20;
/** Exports lie one folder deep (onnx/); some people unpack them into one more. */
const DEEPEST = 3;

/** Throws 'file-not-found', 'file-not-readable', 'argument-invalid' for a folder with too much in it. */
export async function folderSource(folder: string): Promise<ModelSource> {
  const entries: SourceEntry[] = [];
  await list(folder, '', entries).catch((thrown: unknown) => {
    throw fromSystem(thrown);
  });
  return {
    name: path.basename(folder),
    entries,
    read: ({ path: name, bytes }) => content(path.join(folder, name), bytes),
    close: () => Promise.resolve(),
  };
}

async function list(root: string, below: string, entries: SourceEntry[]): Promise<void> {
  for (const entry of await readdir(path.join(root, below), { withFileTypes: true })) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    // Downloaders keep their own books in hidden folders; links lead to the files of a cache.
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory() && name.split('/').length < DEEPEST) await list(root, name, entries);
    const found = entry.isDirectory() ? null : await stat(path.join(root, name)).catch(() => null);
    if (found?.isFile()) entries.push({ path: name, bytes: found.size });
    if (entries.length > MOST_ENTRIES)
      throw new AttuneError(
        'argument-invalid',
        'There are more than 2,000 files in that folder: it is no model.',
      );
  }
}

async function* content(file: string, bytes: number): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r').catch((thrown: unknown) => {
    throw fromSystem(thrown);
  });
  try {
    for (let at = 0; at < bytes;) {
      const buffer = Buffer.alloc(Math.min(READ_BYTES, bytes - at));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0)
        throw new AttuneError('model-damaged', 'A file of the model got shorter while it was read.', {
          kept: 'Nothing was brought in.',
        });
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function fromSystem(thrown: unknown): unknown {
  const code = systemCode(thrown);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new AttuneError('file-not-found', 'There is no such folder.', { cause: thrown });
  if (code === 'EACCES' || code === 'EPERM')
    return new AttuneError('file-not-readable', "The folder can't be read.", { cause: thrown });
  return thrown;
}
