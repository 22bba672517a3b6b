/** Entries of a ZIP file (DOCX, XLSX) in bounded time and memory: what counts is what comes out, not what its headers promise. */
import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { AttuneError } from '#contract/errors.ts';
import { invalidTranscript } from '../raw.ts';

const MAX_ENTRIES = 2000;
const MAX_TOTAL_BYTES = 256 << 20;
/** Apache POI's limit for office files is the same: text and markup compress 3 to 20 times. */
const MAX_RATIO = 100;
const RATIO_FREE_BYTES = 1 << 20;
const STEP_BYTES = 16 << 10;

export interface ZipLimits {
  maxEntryBytes: number;
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The wanted entries that the archive holds, by name; the rest is passed over unread.
 * Throws 'transcript-invalid' for a broken, cut or encrypted archive and for one that would unfold beyond the limits.
 */
export function readZip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  { maxEntryBytes }: ZipLimits,
): Map<string, Uint8Array> {
  const pieces = new Map<string, Uint8Array[]>();
  const whole = new Set<string>();
  let entries = 0;
  let total = 0;
  let given = 0;
  const take = (file: UnzipFile): void => {
    if (++entries > MAX_ENTRIES) throw refused('it has more than 2,000 entries');
    if (!wanted(file.name) || pieces.has(file.name)) return;
    const found: Uint8Array[] = [];
    pieces.set(file.name, found);
    let size = 0;
    file.ondata = (error, piece, final) => {
      if (error !== null) throw error;
      size += piece.length;
      total += piece.length;
      if (size > maxEntryBytes || total > MAX_TOTAL_BYTES) throw refused('it unfolds beyond any document');
      if (total > RATIO_FREE_BYTES && total > MAX_RATIO * given)
        throw refused('it unfolds to more than 100 times its size');
      found.push(piece);
      if (final) whole.add(file.name);
    };
    file.start();
  };
  try {
    const unzip = new Unzip(take);
    unzip.register(UnzipInflate);
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      const step = bytes.subarray(at, at + STEP_BYTES);
      given += step.length;
      unzip.push(step, given >= bytes.length);
    }
  } catch (thrown) {
    throw thrown instanceof AttuneError ? thrown : broken(thrown);
  }
  for (const name of pieces.keys()) if (!whole.has(name)) throw broken(null);
  return new Map(Array.from(pieces, ([name, parts]) => [name, joined(parts)]));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const refused = (why: string): AttuneError =>
  invalidTranscript(`The file is a ZIP archive that was refused: ${why}.`);

const broken = (cause: unknown): AttuneError =>
  invalidTranscript('The file is a broken, cut or encrypted ZIP archive.', { cause });
