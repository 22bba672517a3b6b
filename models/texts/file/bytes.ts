/** A file of texts as it lies somewhere: read from its start as often as needed, a piece at a time. */
import { AttuneError } from '#contract/errors.ts';

/** Each call reads anew. A piece is only valid until the next one is asked for. */
export type Bytes = () => AsyncIterable<Uint8Array>;

const KEPT = 'Nothing was imported.';

/** `row` counts from 1 as the file does. */
export const invalidTexts = (message: string, more: { row?: number; cause?: unknown } = {}): AttuneError =>
  new AttuneError('texts-invalid', more.row === undefined ? message : `Row ${more.row}: ${message}`, {
    kept: KEPT,
    remedy: 'Check the file in the program that wrote it, or save it there as CSV.',
    cause: more.cause,
  });

export const noTexts = (message: string): AttuneError =>
  new AttuneError('texts-not-recognised', message, {
    kept: KEPT,
    remedy:
      'Attune reads CSV, TSV, XLSX, JSON, JSON lines, plain text, and what WhatsApp, Telegram, Slack and Discord export.',
  });

/** The helpers shared with transcripts say "transcript": the same finding, about a file of texts. */
export function asTexts(thrown: unknown): unknown {
  if (!(thrown instanceof AttuneError) || thrown.code !== 'transcript-invalid') return thrown;
  return invalidTexts(thrown.message.replaceAll(/\btranscript\b/g, 'file'), { cause: thrown });
}

/** The first bytes, at most `most` of them. */
export async function headOf(bytes: Bytes, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes()) {
    pieces.push(piece.slice());
    length += piece.length;
    if (length >= most) break;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all.subarray(0, most);
}
