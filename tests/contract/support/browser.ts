/** A browser reduced to what matters here: raw paths, chosen headers, a cookie, no redirects followed. */
import http from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  json(): unknown;
}

export interface Request {
  readonly method?: string;
  /** Sent as it is: not normalised. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export function send(origin: string, request: Request): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      {
        hostname,
        port,
        path: request.path,
        method: request.method ?? 'GET',
        headers: { host: `${hostname}:${port}`, connection: 'close', ...request.headers },
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(pieces);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body,
            json: () => JSON.parse(body.toString()) as unknown,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}

/** Opens the one-time address; the Cookie header of the session that it gives. */
export async function enter(address: string): Promise<string> {
  const url = new URL(address);
  const answer = await send(url.origin, { path: url.pathname + url.search });
  const cookie = answer.headers['set-cookie']?.[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`No session: ${answer.status}`);
  return cookie.split(';', 1)[0] ?? '';
}
