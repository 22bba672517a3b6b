/** One file from a server: goes on with what lies there from before if it is still the server's version, and is whole and hashed before it takes its name. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AttuneError } from '#contract/errors.ts';
import { publish, writeAll } from '#main/platform/durable.ts';
import { tooLarge } from '../look-at-whisper.ts';
import { answeredWith, connectionFailed, ConnectionLost, mismatch, NotThere } from './errors.ts';
import { conditions, forget, held, noteVersion, partOf, same, versionOf } from './held.ts';
import type { Held } from './held.ts';
import { ask, isPage, wholeNumber, type Answer } from './request.ts';

export interface Patience {
  /** Silence that counts as a lost connection. */
  stallMs: number;
  /** Before a lost connection is tried again. */
  pauseMs: number;
}

export interface FileWanted {
  address: URL;
  /** Where it goes; its part and its version lie beside it. */
  file: string;
  mostBytes: number;
  /** As the person gave it; a server's own is checked besides. */
  sha256?: string | null;
}

/** Bytes so far; of how many, where the server says it. */
export type OnBytes = (bytes: number, total: number | null) => void;

const MOST_TRIES = 5;
const GONE: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/**
 * Throws NotThere, 'download-failed' (what came is kept), 'download-mismatch' (the file is deleted), 'download-redirected', 'file-too-large',
 * what the file system says, and the signal's reason.
 */
export async function fetchFile(
  wanted: FileWanted,
  patience: Patience,
  signal: AbortSignal,
  onBytes: OnBytes = () => undefined,
): Promise<void> {
  const { address, file } = wanted;
  const { bytes: before } = await held(file);
  for (let tries = 1; ; tries++) {
    try {
      while ((await attempt(wanted, patience, signal, onBytes)) === 'anew');
      return;
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof AttuneError && thrown.code === 'download-mismatch') await forget(file);
      if (!(thrown instanceof ConnectionLost)) throw thrown;
      // A server that never sent anything is not asked again and again.
      if (tries === MOST_TRIES || (await held(file)).bytes <= before)
        throw connectionFailed(address.host, thrown.cause);
    }
    await pause(patience.pauseMs * tries, undefined, { signal });
  }
}

/** 'anew': what lay there is not what the server has, and was deleted. */
async function attempt(
  wanted: FileWanted,
  { stallMs }: Patience,
  signal: AbortSignal,
  onBytes: OnBytes,
): Promise<'whole' | 'anew'> {
  const { address, file } = wanted;
  const mine = await held(file);
  const answer = await ask(address, { signal, stallMs, headers: conditions(mine) });
  try {
    const from = startOf(answer, mine, address);
    if (from === 'whole') {
      onBytes(mine.bytes, mine.bytes);
      return 'whole';
    }
    if (from === 'anew') {
      await forget(file);
      return 'anew';
    }
    if (from === 0) {
      await forget(file);
      await noteVersion(file, versionOf(answer.headers));
    }
    await receive(answer, from, wanted, onBytes);
  } finally {
    answer.body.destroy();
  }
  await finish(wanted, answer.linkedSha256);
  return 'whole';
}

/** From which byte on the answer brings the file. */
function startOf({ status, headers }: Answer, mine: Held, address: URL): number | 'whole' | 'anew' {
  if (GONE.has(status)) throw new NotThere(`the server answered ${status}`);
  const isSame = mine.version !== null && same(mine.version, versionOf(headers));
  if (status === 304 && mine.whole) return 'whole';
  if (status === 416 && mine.bytes > 0) return 'anew';
  if (status === 206) {
    const from = wholeNumber(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1]);
    if (mine.bytes === 0) throw answeredWith(address.host, status);
    return isSame && !mine.whole && from === mine.bytes ? from : 'anew';
  }
  if (status !== 200) throw answeredWith(address.host, status);
  if (isPage(headers)) throw new NotThere('a web page came in its place');
  return isSame && mine.whole ? 'whole' : 0;
}

async function receive(
  { headers, body, linkedBytes }: Answer,
  from: number,
  { file, mostBytes }: FileWanted,
  onBytes: OnBytes,
): Promise<void> {
  const name = path.basename(file);
  const coming = wholeNumber(headers['content-length']);
  const total = coming === null ? linkedBytes : from + coming;
  if (total !== null && total > mostBytes) throw tooLarge(name);
  if (linkedBytes !== null && total !== linkedBytes) throw mismatch(name, OTHER_LENGTH);
  const handle = await open(partOf(file), from === 0 ? 'w' : 'r+', 0o600);
  try {
    let at = from;
    for await (const piece of pieces(body)) {
      if (at + piece.length > (total ?? mostBytes))
        throw total === null ? tooLarge(name) : mismatch(name, OTHER_LENGTH);
      await writeAll(handle, piece, at);
      at += piece.length;
      onBytes(at, total);
    }
    if (total !== null && at < total) throw new ConnectionLost('The answer ended early.');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whatever ends an answer early is the connection's. */
async function* pieces(body: Answer['body']): AsyncGenerator<Buffer> {
  const iterator = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const next = await iterator.next().catch((cause: unknown) => {
      throw new ConnectionLost('The answer broke off.', { cause });
    });
    if (next.done) return;
    yield next.value;
  }
}

async function finish({ file, sha256 }: FileWanted, linked: string | null): Promise<void> {
  const said = [
    [sha256 ?? null, 'does not have the SHA-256 that you gave'],
    [linked, 'does not have the SHA-256 that its server states'],
  ].filter((each): each is [string, string] => each[0] !== null);
  const is = said.length === 0 ? null : await sha256Of(partOf(file));
  for (const [expected, how] of said) if (is !== expected) throw mismatch(path.basename(file), how);
  await publish(partOf(file), file);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

const OTHER_LENGTH = 'is not as long as its server states';
