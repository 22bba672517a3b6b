/** Lines of a file in bounded memory: an overlong line is given as null, not read into memory whole. */
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { AttuneError } from '#contract/errors.ts';

const MAX_LINE_CHARS = 8 * 1024 * 1024;

export async function* readLines(file: string): AsyncGenerator<string | null> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let overlong = false;
  const stream = createReadStream(file);
  try {
    for await (const bytes of stream) {
      const parts = decoder.write(bytes as Buffer).split('\n');
      parts[0] = rest + (parts[0] ?? '');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        yield overlong ? null : part.replace(/\r$/, '');
        overlong = false;
      }
      if (rest.length > MAX_LINE_CHARS) {
        rest = '';
        overlong = true;
      }
    }
  } catch (cause) {
    throw new AttuneError('file-not-readable', 'The input file could not be read.', { cause });
  }
  if (overlong) yield null;
  else if (rest.trim() !== '') yield rest;
}
