/** Decrypted ranges over loopback for ffmpeg: encrypted media can be read at random without ever lying in the clear on disk. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AttuneError } from '#contract/errors.ts';
import type { EncryptedFile } from './encrypted-file.ts';
import { rangeResponse } from './range.ts';

interface Served {
  file: EncryptedFile;
  /** What ended a read; a reader over HTTP only sees a torn connection. */
  problem: AttuneError | null;
}

/** An address that whoever knows it can read, until it is revoked. */
export interface ServedAddress {
  url: string;
  /** The damage that a reader met, if any. */
  problem(): AttuneError | null;
  revoke(): void;
}

export class RangeServer {
  private readonly served = new Map<string, Served>();
  private listening: Promise<Server> | null = null;
  private port = 0;

  /** Serves `file` until revoked; its owner closes it. Starts listening at the first call. */
  async serve(file: EncryptedFile): Promise<ServedAddress> {
    this.listening ??= this.listen();
    await this.listening;
    const token = randomBytes(32).toString('base64url');
    const entry: Served = { file, problem: null };
    this.served.set(token, entry);
    return {
      url: `http://127.0.0.1:${this.port}/${token}`,
      problem: () => entry.problem,
      revoke: () => void this.served.delete(token),
    };
  }

  /** Revokes every address, cuts running answers, and stops listening. */
  async close(): Promise<void> {
    this.served.clear();
    const listening = this.listening;
    this.listening = null;
    if (listening === null) return;
    const server = await listening;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private async listen(): Promise<Server> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    // It must not keep a program alive that has nothing else to do.
    server.unref();
    this.port = (server.address() as AddressInfo).port;
    return server;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = this.refusal(request);
    const entry = this.served.get((request.url ?? '').slice(1));
    if (refusal !== null || entry === undefined) {
      response.writeHead(refusal ?? 404).end();
      return;
    }
    const range = rangeResponse(entry.file.size(), request.headers.range);
    response.writeHead(range.status, {
      ...range.headers,
      'Content-Type': 'application/octet-stream',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    if (request.method === 'HEAD' || range.status === 416) {
      response.end();
      return;
    }
    // Counted in bytes, not in pieces: at most one chunk waits for a slow reader.
    const plain = Readable.from(read(entry, range.start, range.end), { objectMode: false });
    // A reader that leaves early, and damage, both end here; the damage was noted.
    await pipeline(plain, response).catch(() => response.destroy());
  }

  /** A page of another origin that guesses the port (DNS rebinding) comes with another Host. */
  private refusal(request: IncomingMessage): number | null {
    if (request.headers.host !== `127.0.0.1:${this.port}`) return 403;
    return request.method === 'GET' || request.method === 'HEAD' ? null : 405;
  }
}

/** Notes the damage before the reader can see the connection torn. */
async function* read(entry: Served, start: number, end: number): AsyncGenerator<Buffer> {
  try {
    yield* entry.file.readRange(start, end);
  } catch (thrown) {
    if (thrown instanceof AttuneError) entry.problem = thrown;
    throw thrown;
  }
}
