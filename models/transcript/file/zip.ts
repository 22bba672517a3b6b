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
  /** Of all wanted entries together. */
  maxTotalBytes?: number;
}

/** Is given an entry's bytes, piece by piece. */
export type EntrySink = (piece: Uint8Array) => void;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * An archive that comes in pieces, in order. `wanted` says where an entry goes; null: it is passed over unread.
 * Throws 'transcript-invalid' for a broken, cut or encrypted archive and for one that would unfold beyond the limits.
 */
export class ZipStream {
  private readonly unzip: Unzip;
  private readonly limits: Required<ZipLimits>;
  private readonly open = new Set<string>();
  private readonly passed = new Set<string>();
  private entries = 0;
  private total = 0;
  private given = 0;

  constructor(
    wanted: (name: string) => EntrySink | null,
    { maxEntryBytes, maxTotalBytes = MAX_TOTAL_BYTES }: ZipLimits,
  ) {
    this.limits = { maxEntryBytes, maxTotalBytes };
    this.unzip = new Unzip((file) => {
      if (++this.entries > MAX_ENTRIES) throw refused('it has more than 2,000 entries');
      const sink = wanted(file.name);
      if (sink !== null) this.take(file, sink);
      else if (file.compression === UnzipInflate.compression) this.passOver(file);
    });
    const passed = this.passed;
    this.unzip.register(
      class extends UnzipInflate {
        private readonly passed: boolean;
        constructor(name: string) {
          super();
          this.passed = passed.has(name);
        }
        override push(data: Uint8Array, final: boolean): void {
          if (!this.passed) super.push(data, final);
        }
      },
    );
  }

  /** The bytes must stay as they are: up to a header's length of them is kept for the next call. */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      const step = bytes.subarray(at, at + STEP_BYTES);
      this.given += step.length;
      this.coded(() => this.unzip.push(step, false));
    }
  }

  finish(): void {
    this.coded(() => this.unzip.push(new Uint8Array(0), true));
    if (this.open.size > 0) throw broken(null);
  }

  /** Started all the same, as an entry that is not is collected for later. */
  private passOver(file: UnzipFile): void {
    this.passed.add(file.name);
    file.ondata = () => undefined;
    file.start();
  }

  private take(file: UnzipFile, sink: EntrySink): void {
    let size = 0;
    this.open.add(file.name);
    file.ondata = (error, piece, final) => {
      if (error !== null) throw error;
      size += piece.length;
      this.total += piece.length;
      const { maxEntryBytes, maxTotalBytes } = this.limits;
      if (size > maxEntryBytes || this.total > maxTotalBytes) throw refused('it unfolds beyond any document');
      if (this.total > RATIO_FREE_BYTES && this.total > MAX_RATIO * this.given)
        throw refused('it unfolds to more than 100 times its size');
      sink(piece);
      if (final) this.open.delete(file.name);
    };
    file.start();
  }

  private coded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      throw thrown instanceof AttuneError ? thrown : broken(thrown);
    }
  }
}

/** The wanted entries that a whole archive holds, by name; throws as ZipStream does. */
export function readZip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  limits: ZipLimits,
): Map<string, Uint8Array> {
  const pieces = new Map<string, Uint8Array[]>();
  const zip = new ZipStream((name) => {
    if (!wanted(name) || pieces.has(name)) return null;
    const found: Uint8Array[] = [];
    pieces.set(name, found);
    return (piece) => void found.push(piece);
  }, limits);
  zip.push(bytes);
  zip.finish();
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
