/** The research data beside the repository: where it is, and what is said when it isn't. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { AttuneError } from '#contract/errors.ts';

const run = promisify(execFile);

/** @throws AttuneError 'file-not-found' */
export function dataFolder(shared: string): string {
  const folder = path.join(shared, 'data');
  if (existsSync(folder)) return folder;
  throw new AttuneError('file-not-found', 'The research data that the figures are measured on is not here.', {
    remedy: 'Give its folder with --shared; it holds "data" with text.tar.xz, speech and face.',
  });
}

export async function readData(...where: string[]): Promise<string> {
  return (await readDataBytes(...where)).toString('utf8');
}

/** @throws AttuneError 'file-not-found' */
export async function readDataBytes(...where: string[]): Promise<Buffer> {
  return readFile(path.join(...where)).catch((cause: unknown) => {
    const name = where.slice(-2).join('/');
    throw new AttuneError('file-not-found', `A file of the research data is missing: ${name}.`, { cause });
  });
}

export interface TextFolder {
  /** Holds goemotions/, emobank/, meld/ … */
  readonly path: string;
  remove(): Promise<void>;
}

/** `given` as it is, else text.tar.xz unpacked into a temporary folder by the system's tar. @throws AttuneError */
export async function openTextFolder(data: string, given: string | undefined): Promise<TextFolder> {
  if (given !== undefined) {
    if (!existsSync(given))
      throw new AttuneError('file-not-found', 'The folder given with --text is missing.');
    return { path: given, remove: () => Promise.resolve() };
  }
  const archive = path.join(data, 'text.tar.xz');
  if (!existsSync(archive))
    throw new AttuneError('file-not-found', 'text.tar.xz is missing in the research data.', {
      remedy: 'Give the folder of another copy with --shared, or an unpacked one with --text.',
    });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'attune-text-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await run('tar', ['-xJf', archive, '-C', folder]);
  } catch (cause) {
    await remove();
    throw new AttuneError('file-not-readable', 'text.tar.xz could not be unpacked.', {
      remedy: 'Install tar and xz, or unpack it yourself and give the folder with --text.',
      cause,
    });
  }
  return { path: path.join(folder, 'text'), remove };
}

/** The bytes of an .xz file, by the system's xz. @throws AttuneError 'file-not-readable' */
export async function unpackXz(file: string): Promise<Buffer> {
  const options = { encoding: 'buffer', maxBuffer: 1 << 30 } as const;
  const { stdout } = await run('xz', ['-dc', file], options).catch((cause: unknown) => {
    throw new AttuneError('file-not-readable', `${path.basename(file)} could not be unpacked.`, {
      remedy: 'Install xz.',
      cause,
    });
  });
  return stdout;
}
