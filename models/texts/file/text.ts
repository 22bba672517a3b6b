/** A text file of any size as strings: its encoding is found by reading it through once, its text a piece at a time. */
import {
  encodingAfterUtf8,
  encodingBeforeUtf8,
  type TextEncoding,
} from '../../transcript/file/decode-text.ts';
import { headOf, noTexts, type Bytes } from './bytes.ts';

const HEAD_BYTES = 1 << 16;
/** What says which encoding it is, where it is not UTF-8: from a little before the first letter beyond ASCII on. */
const SAMPLE_BYTES = 1 << 16;
const BEFORE_BYTES = 64;
/** Some databases fill cells with zeros; more than that is no text. */
const MAX_ZEROS = 0.02;

export interface TextFile {
  encoding: TextEncoding;
  /** Characters that could not be read. */
  broken: number;
  /** From the start, without a byte-order mark; each call reads anew. */
  text(): AsyncGenerator<string>;
}

/** @throws 'transcript-invalid' where no encoding fits, 'texts-not-recognised' for what is no text */
export async function openText(bytes: Bytes): Promise<TextFile> {
  const head = await headOf(bytes, HEAD_BYTES);
  const encoding = encodingBeforeUtf8(head) ?? (await byContent(bytes));
  let broken = 0;
  let zeros = 0;
  let length = 0;
  for await (const text of decoded(bytes, encoding)) {
    if (text.includes('\uFFFD')) broken += text.match(/\uFFFD/g)!.length;
    if (text.includes('\0')) zeros += text.split('\0').length - 1;
    length += text.length;
  }
  if (zeros > MAX_ZEROS * length) throw noTexts('The file is no text.');
  return { encoding, broken, text: () => withoutZeros(decoded(bytes, encoding)) };
}

async function* withoutZeros(texts: AsyncGenerator<string>): AsyncGenerator<string> {
  for await (const text of texts) {
    const kept = text.replaceAll('\0', '');
    if (kept !== '') yield kept;
  }
}

async function byContent(bytes: Bytes): Promise<TextEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of bytes()) decoder.decode(piece, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    return encodingAfterUtf8(await sampleOf(bytes));
  }
}

async function sampleOf(bytes: Bytes): Promise<Uint8Array> {
  const sample = new Uint8Array(SAMPLE_BYTES);
  let length = 0;
  let found = false;
  for await (const piece of bytes()) {
    let from = 0;
    if (!found) {
      const first = piece.findIndex((byte) => byte > 0x7f);
      if (first < 0) continue;
      found = true;
      from = Math.max(0, first - BEFORE_BYTES);
    }
    const part = piece.subarray(from, from + SAMPLE_BYTES - length);
    sample.set(part, length);
    length += part.length;
    if (length === SAMPLE_BYTES) break;
  }
  return sample.subarray(0, length);
}

async function* decoded(bytes: Bytes, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes()) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
