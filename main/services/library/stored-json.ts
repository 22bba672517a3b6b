/** JSON as compressed, encrypted files under derived/. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { newFileId } from '../workspace/media-store.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import { chunkDamaged } from '../workspace/chunk-format.ts';

const compress = promisify(gzip);
const expand = promisify(gunzip);
/** A seventh of the time of the usual level, for a fifth more bytes. */
const FAST = { level: 1 };

export interface StoredJson {
  fileId: string;
  /** Of the JSON text. */
  sha256: string;
  bytes: number;
}

/** Writes a new file that is deleted at the next start unless `refer` makes something refer to it. */
export async function storeJson<T>(
  workspace: OpenWorkspace,
  value: unknown,
  refer: (stored: StoredJson) => Promise<T>,
): Promise<T> {
  const text = Buffer.from(JSON.stringify(value), 'utf8');
  const stored = { fileId: newFileId(), sha256: sha256(text), bytes: text.length };
  await workspace.database.call('files.plan', { store: 'derived', fileId: stored.fileId });
  await workspace.derived.write(stored.fileId, [await compress(text, FAST)]);
  return refer(stored);
}

/** Throws 'media-chunk-damaged' when the file isn't what was written. */
export async function loadJson(workspace: OpenWorkspace, fileId: string, hash?: string): Promise<unknown> {
  const text = await expand(await workspace.derived.readAll(fileId));
  if (hash !== undefined && sha256(text) !== hash) throw chunkDamaged();
  return JSON.parse(text.toString('utf8'));
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
