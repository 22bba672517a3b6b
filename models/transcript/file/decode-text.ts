/** Bytes of a text file to a string, whatever wrote it; which encoding it was is decided by evidence, and said. */
import { invalidTranscript } from '../raw.ts';
import { looksLikeGb18030, looksLikeUtf16, looksLikeWindows1252 } from './encoding-evidence.ts';

export const MAX_TRANSCRIPT_BYTES = 64 << 20;
/** More of an encoding's own characters than this broken, and it is another encoding. */
const MAX_BROKEN_SHARE = 0.05;
const SAMPLE_BYTES = 1 << 16;

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

export interface DecodedText {
  /** Without its byte-order mark. */
  text: string;
  encoding: TextEncoding;
  /** Characters that could not be read; U+FFFD stands in their place. */
  broken: number;
}

/**
 * A byte-order mark decides. Without one: UTF-16 where most of every other byte is zero, or every line end has one; UTF-8 where the bytes are UTF-8, or nearly so (a cut file);
 * else GB18030 or Windows-1252, whichever the bytes look like. 'transcript-invalid' over 64 MiB and where nothing fits.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length > MAX_TRANSCRIPT_BYTES) throw invalidTranscript('The transcript is larger than 64 MiB.');
  const encoding = encodingBeforeUtf8(bytes);
  if (encoding !== null) return decodeAs(encoding, bytes);
  // Most files: decoded once, as finding out and decoding are the same work.
  const text = strictUtf8(bytes);
  return text === null ? decodeAs(encodingAfterUtf8(bytes), bytes) : { text, encoding: 'utf-8', broken: 0 };
}

function decodeAs(encoding: TextEncoding, bytes: Uint8Array): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, broken: text.includes('\uFFFD') ? (text.match(/\uFFFD/g)?.length ?? 0) : 0 };
}

/** Told by the first bytes, whatever comes after; null: UTF-8, unless its bytes are none. */
export function encodingBeforeUtf8(bytes: Uint8Array): TextEncoding | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return 'gb18030';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (looksLikeUtf16(sample, 'little')) return 'utf-16le';
  if (looksLikeUtf16(sample, 'big')) return 'utf-16be';
  return null;
}

/** For bytes that are not UTF-8 throughout. @throws 'transcript-invalid' */
export function encodingAfterUtf8(bytes: Uint8Array): TextEncoding {
  const sample = highBytesOf(bytes);
  if (looksLikeGb18030(sample)) return 'gb18030';
  if (nearlyUtf8(bytes)) return 'utf-8';
  if (looksLikeWindows1252(sample)) return 'windows-1252';
  throw invalidTranscript(
    'The file’s text encoding can’t be told: it is neither UTF-8, UTF-16, GB18030 nor Windows-1252. Save it as UTF-8.',
  );
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function nearlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  let foreign = 0;
  let broken = 0;
  for (const character of text) {
    if (character > '\u007F') foreign++;
    if (character === '\uFFFD') broken++;
  }
  return broken < foreign && broken / foreign <= MAX_BROKEN_SHARE;
}

/** The first stretch that says anything about the encoding. */
function highBytesOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  return bytes.subarray(Math.max(0, first - 64), Math.max(0, first - 64) + SAMPLE_BYTES);
}
