/** Lines of a file in bounded memory: an overlong line is given as null, not read into memory whole; empty ones are left out. */
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { AttuneError } from '#contract/errors.ts';
import { encodingBeforeUtf8 } from '#models/transcript/file/decode-text.ts';

const MAX_LINE_CHARS = 8 * 1024 * 1024;
/** Two characters of UTF-16: a row begins with plain ones, so that its zeros tell. */
const HEAD_BYTES = 4;

/** Any line end will do: inside a row of JSON there is none. Without its byte-order mark; UTF-16 is told by that or by its zeros. */
export async function* readLines(file: string): AsyncGenerator<string | null> {
  let rest = '';
  let overlong = false;
  for await (const text of decoded(file)) {
    const parts = text.split(/[\r\n]/);
    parts[0] = rest + (parts[0] ?? '');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (overlong) yield null;
      else if (part.trim() !== '') yield part;
      overlong = false;
    }
    if (rest.length > MAX_LINE_CHARS) {
      rest = '';
      overlong = true;
    }
  }
  if (overlong) yield null;
  else if (rest.trim() !== '') yield rest;
}

async function* decoded(file: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  // A pipe may give less than a whole head at first.
  let head = Buffer.alloc(0);
  const start = (): string => {
    decoder = new TextDecoder(encodingBeforeUtf8(head.subarray(0, HEAD_BYTES)) ?? 'utf-8');
    return decoder.decode(head, { stream: true });
  };
  try {
    for await (const chunk of createReadStream(file)) {
      const bytes = chunk as Buffer;
      if (decoder) {
        yield decoder.decode(bytes, { stream: true });
        continue;
      }
      head = Buffer.concat([head, bytes]);
      if (head.length >= HEAD_BYTES) yield start();
    }
    if (!decoder) yield start();
    yield decoder!.decode();
  } catch (cause) {
    throw new AttuneError('file-not-readable', 'The input file could not be read.', { cause });
  }
}
