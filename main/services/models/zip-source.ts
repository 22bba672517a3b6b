/**
 * A model as one ZIP archive, read through its directory (APPNOTE.TXT 4.3): entries are inflated one at a time as they stream, held to
 * the size that the directory states and to a ratio that no weights reach. Names in it are compared, never used as paths.
 */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { AttuneError } from '#contract/errors.ts';
import { MOST_ENTRIES, type ModelSource, type SourceEntry } from './source.ts';

/** A file that can be read anywhere; `to` is exclusive. */
export interface RandomAccess {
  readonly bytes: number;
  read(from: number, to: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface ZipEntry extends SourceEntry {
  deflated: boolean;
  packedBytes: number;
  crc: number;
  /** Of its local header. */
  offset: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MOST_DIRECTORY_BYTES = 4 << 20;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** What a 32-bit field holds when the truth stands in a Zip64 record. */
const BEYOND = 0xffffffff;
const READ_BYTES = 1 << 20;
/** Weights pack by a third, JSON tenfold; what unfolds a hundredfold was made to. */
const MOST_RATIO = 100;
const RATIO_FREE_BYTES = 1 << 20;

/** Closes the file with the source, or when it is no archive. Throws 'model-damaged'. */
export async function zipSource(name: string, file: RandomAccess): Promise<ModelSource> {
  try {
    const all = await directory(file);
    const byPath = new Map(all.map((entry) => [entry.path, entry]));
    return {
      name: name.replace(/\.zip$/i, ''),
      entries: all,
      read: ({ path }) => content(file, byPath.get(path)!),
      close: () => file.close(),
    };
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

async function directory(file: RandomAccess): Promise<ZipEntry[]> {
  const tailFrom = Math.max(0, file.bytes - END_BYTES - LONGEST_COMMENT);
  const tail = viewOf(await file.read(tailFrom, file.bytes));
  let end = tail.byteLength - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== END_SIGNATURE) end--;
  if (end < 0) throw damaged('it has no directory, as a download that was cut off');
  const count = tail.getUint16(end + 10, true);
  const bytes = tail.getUint32(end + 12, true);
  const from = tail.getUint32(end + 16, true);
  if (from === BEYOND) throw damaged('it is larger than 4 GiB');
  if (count > MOST_ENTRIES || bytes > MOST_DIRECTORY_BYTES) throw damaged('it has more than 2,000 entries');
  if (from + bytes > file.bytes) throw damaged('its directory is cut off');
  const view = viewOf(await file.read(from, from + bytes));
  const entries: ZipEntry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= view.byteLength && view.getUint32(at, true) === ENTRY_SIGNATURE;) {
    const [nameBytes, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const path = new TextDecoder().decode(
      new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_BYTES, nameBytes),
    );
    const entry = {
      path,
      bytes: view.getUint32(at + 24, true),
      packedBytes: view.getUint32(at + 20, true),
      crc: view.getUint32(at + 16, true),
      offset: view.getUint32(at + 42, true),
    };
    const method = view.getUint16(at + 10, true);
    const readable =
      (view.getUint16(at + 8, true) & ENCRYPTED) === 0 && (method === STORED || method === DEFLATED);
    if (readable && !path.endsWith('/') && entry.bytes !== BEYOND)
      entries.push({ ...entry, deflated: method === DEFLATED });
    at += ENTRY_BYTES + nameBytes + extra + comment;
  }
  if (entries.length === 0) throw damaged('nothing in it can be read');
  return entries;
}

async function* content(file: RandomAccess, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.bytes > RATIO_FREE_BYTES && entry.bytes > MOST_RATIO * entry.packedBytes) throw bomb();
  const local = viewOf(await file.read(entry.offset, entry.offset + LOCAL_BYTES));
  if (local.byteLength < LOCAL_BYTES || local.getUint32(0, true) !== LOCAL_SIGNATURE)
    throw damaged('an entry is not where its directory says');
  const from = entry.offset + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
  if (from + entry.packedBytes > file.bytes) throw damaged('an entry is cut off');
  const packed = pieces(file, from, from + entry.packedBytes);
  let bytes = 0;
  let crc = 0;
  try {
    for await (const piece of entry.deflated ? inflated(packed) : packed) {
      bytes += piece.length;
      if (bytes > entry.bytes) throw bomb();
      crc = crc32(piece, crc);
      yield piece;
    }
  } catch (thrown) {
    throw thrown instanceof AttuneError || (thrown instanceof Error && thrown.name === 'AbortError')
      ? thrown
      : damaged("an entry can't be unpacked", thrown);
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw damaged('an entry is not what its directory says');
}

const inflated = (packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => {
  const inflate = createInflateRaw({ chunkSize: READ_BYTES / 4 });
  const source = Readable.from(packed);
  source.on('error', (error) => inflate.destroy(error));
  return source.pipe(inflate);
};

async function* pieces(file: RandomAccess, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += READ_BYTES) yield await file.read(at, Math.min(to, at + READ_BYTES));
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const kept = 'Nothing was brought in.';
const damaged = (why: string, cause?: unknown): AttuneError =>
  new AttuneError('model-damaged', `The file is no whole ZIP archive: ${why}.`, {
    kept,
    remedy: 'Get it again, or unpack it and choose the folder.',
    cause,
  });
const bomb = (): AttuneError =>
  new AttuneError(
    'file-too-large',
    'The archive was refused: it unfolds beyond what it states or any model needs.',
    { kept },
  );
