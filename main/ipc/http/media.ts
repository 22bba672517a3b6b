/** GET /media/<token>: a recording, decrypted range by range. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MediaSource } from '../handlers.ts';
import { mediaAnswer } from '../media-answer.ts';

export async function answerMedia(
  source: MediaSource,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await mediaAnswer(source, token, request.headers.range);
  if (answer === null) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  if (answer.body === null || request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(answer.body, { objectMode: false }), response);
  } catch {
    // The player went away, or a chunk was damaged: the answer is cut, which a player reports by itself.
    response.destroy();
  }
}
