/** Looking at an input before a tool opens it, and naming it so that nothing in its name means anything to the tool. */
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { MediaInput } from './media.ts';
import { HEAD_BYTES, sniff, type Sniffed } from './sniff.ts';

/**
 * Refuses what can't be a recording: 'file-not-found', 'file-not-a-file' (folder, pipe, device), 'file-not-readable' (rights, a loop of
 * links), 'file-empty', 'media-refers-elsewhere'. A stored recording was looked at when it came in.
 */
export async function inspect(input: MediaInput): Promise<Sniffed> {
  if (input.kind === 'stored') return { kind: 'unknown' };
  try {
    const found = await stat(input.path);
    if (!found.isFile())
      throw new AttuneError(
        'file-not-a-file',
        found.isDirectory() ? 'This is a folder.' : 'This is not an ordinary file.',
        {
          remedy: 'Choose a sound or video file.',
        },
      );
    if (found.size === 0) throw new AttuneError('file-empty', 'The file is empty.');
    const sniffed = sniff(await readHead(input.path, HEAD_BYTES));
    if (sniffed.kind === 'refers-elsewhere')
      throw new AttuneError(
        'media-refers-elsewhere',
        'The file is a list that points to other files or addresses; it was not followed.',
        {
          remedy: 'Choose the recordings themselves.',
        },
      );
    return sniffed;
  } catch (error) {
    throw error instanceof AttuneError ? error : unreadable(error, 'There is no file at this path.');
  }
}

/** The tool's arguments that open the input as `demuxer` (null: as one of the allowed formats) and let it reach nothing else. */
export function inputArguments(input: MediaInput, demuxer: string | null, whitelist: string): string[] {
  const format = demuxer === null ? ['-format_whitelist', whitelist] : ['-f', demuxer];
  if (input.kind === 'file')
    return ['-protocol_whitelist', 'file,pipe', ...format, '-i', `file:${resolve(input.path)}`];
  return ['-protocol_whitelist', 'http,tcp', ...format, '-i', loopback(input.url)];
}

/** What became of a file that a tool could not read; null when it still looks readable. */
export async function vanished(input: MediaInput): Promise<AttuneError | null> {
  if (input.kind === 'stored') return null;
  try {
    await stat(input.path);
    return null;
  } catch (error) {
    return unreadable(error, 'The file is no longer there.');
  }
}

/** The first bytes of a file, at most `bytes`. */
export async function readHead(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** @param missing what to say where there is no file */
function unreadable(error: unknown, missing: string): AttuneError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG')
    return new AttuneError('file-not-found', missing, { cause: error });
  const message = code === 'ELOOP' ? 'The link leads round in a circle.' : 'The file cannot be read.';
  return new AttuneError('file-not-readable', message, { cause: error });
}

function loopback(url: string): string {
  const { protocol, hostname, href } = new URL(url);
  if (protocol !== 'http:' || (hostname !== '127.0.0.1' && hostname !== '[::1]'))
    throw new AttuneError('media-refers-elsewhere', 'Stored recordings are only read from this machine.');
  return href;
}
