/** Request bodies, bounded in size; the server bounds them in time. */
import type { IncomingMessage } from 'node:http';
import { AttuneError } from '#contract/errors.ts';

const MIB = 1024 * 1024;
/** Arguments are a few words: files are uploads. */
export const BODY_LIMIT_BYTES = MIB;

/** The body as JSON. Rejects with 'file-too-large' or 'argument-invalid'. */
export async function readJson(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > limitBytes)
      throw new AttuneError('file-too-large', 'This is more than Attune takes in one call.');
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown;
  } catch (cause) {
    throw new AttuneError('argument-invalid', 'The argument is not JSON.', { cause });
  }
}
