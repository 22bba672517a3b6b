/**
 * One request for one file. Plain node:http(s) rather than fetch: it sends the headers that stand here and no others, never unpacks, never
 * follows a redirect by itself, and an agent of its own closes the connection when the answer has ended.
 */
import { request as plain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as encrypted } from 'node:https';
import { isLoopback, mayDownload } from '#contract/models/address.ts';
import { ConnectionLost, refusedRedirect } from './errors.ts';

export interface RequestOptions {
  signal: AbortSignal;
  /** Silence that counts as a lost connection. */
  stallMs: number;
  method?: 'GET' | 'HEAD';
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Whoever doesn't read it to its end destroys it. */
  body: IncomingMessage;
  /** What model hubs say of a file on the way to where it lies: its SHA-256, and its length in bytes. */
  linkedSha256: string | null;
  linkedBytes: number | null;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

/** Throws ConnectionLost, 'download-redirected', and the signal's reason. */
export async function ask(address: URL, options: RequestOptions): Promise<Answer> {
  let linkedSha256: string | null = null;
  let linkedBytes: number | null = null;
  let at = address;
  for (let redirects = 0; ; redirects++) {
    const body = await once(at, options);
    const { statusCode: status = 0, headers } = body;
    linkedSha256 ??= /^"?([0-9a-f]{64})"?$/.exec(String(headers['x-linked-etag']))?.[1] ?? null;
    linkedBytes ??= wholeNumber(headers['x-linked-size']);
    if (!REDIRECTS.has(status) || headers.location === undefined)
      return { status, headers, body, linkedSha256, linkedBytes };
    body.destroy();
    if (redirects === MOST_REDIRECTS) throw refusedRedirect(at.host, 'one address after the other');
    at = nextHop(at, headers.location);
  }
}

/** A stranger may lead neither to what is not encrypted nor to a server on this machine. Throws 'download-redirected'. */
export function nextHop(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (to === null || !mayDownload(to))
    throw refusedRedirect(from.host, 'an address that is not encrypted or holds a name');
  if (isLoopback(to) && !isLoopback(from)) throw refusedRedirect(from.host, 'this machine itself');
  return to;
}

function once(
  url: URL,
  { signal, stallMs, method = 'GET', headers }: RequestOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? encrypted : plain)(
      url,
      {
        method,
        signal,
        agent: false,
        timeout: stallMs,
        headers: { 'accept-encoding': 'identity', ...headers },
      },
      resolve,
    );
    request.on('timeout', () => request.destroy(new Error('Nothing came for too long.')));
    request.on('error', (cause) =>
      reject(signal.aborted ? (signal.reason as Error) : new ConnectionLost(cause.message, { cause })),
    );
    request.end();
  });
}

/** A page for people, which some servers answer with in place of a file. */
export const isPage = (headers: IncomingHttpHeaders): boolean =>
  headers['content-type']?.startsWith('text/html') ?? false;

/** Null for what is no length in bytes. */
export const wholeNumber = (text: unknown): number | null =>
  typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
