/** The browser window's server: loopback only, and closed to everybody without the session that its one-time address opened. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { EVENTS_PATH } from '#contract/methods/http.ts';
import { contentPolicy, securityHeaders } from '../../security/content-policy.ts';
import type { EventSource } from '../handlers.ts';
import { Access } from './access.ts';
import { eventSocket } from './event-socket.ts';
import { answerGet, answerPost, sendEnvelope } from './routes.ts';
import type { RouteOptions } from './routes.ts';

export interface HttpOptions extends RouteOptions {
  readonly events: EventSource;
  /** 0: any free one. */
  readonly port: number;
}

export interface HttpShell {
  readonly origin: string;
  /** An address with a fresh one-time token. */
  newAddress(): string;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const HEADERS_TIMEOUT_MS = 10_000;
/** Between two pieces of a body. */
const BODY_IDLE_MS = 30_000;

export async function serveHttp(options: HttpOptions): Promise<HttpShell> {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: 0,
    keepAliveTimeout: 5000,
  });
  server.timeout = BODY_IDLE_MS;
  const access = new Access(await listen(server, options.port));
  const socket = eventSocket(options.events);
  const policy = contentPolicy({ media: [], connect: [access.origin.replace('http:', 'ws:')] });
  const headers = new Headers(securityHeaders(policy));

  server.on('request', (request, response) => {
    // A peer that stops sending in mid-body is cut off; a long call or a paused player is waited for.
    request.on('timeout', () => request.destroy());
    response.on('timeout', () => {});
    response.setHeaders(headers);
    answer(options, access, request, response).catch(() => {
      options.onFailure(null, 'internal');
      response.destroy();
    });
  });
  server.on('upgrade', (request, stream: Socket, head) => {
    const allowed = access.isOurs(request) && access.saysOrigin(request) && access.hasSession(request);
    if (allowed && request.url === EVENTS_PATH) socket.accept(request, stream, head);
    else stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });

  return {
    origin: access.origin,
    newAddress: () => access.newAddress(),
    close: () =>
      new Promise((resolve) => {
        socket.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function answer(
  options: HttpOptions,
  access: Access,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', access.origin);
  const token = url.searchParams.get('token');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  // The path as it was sent: URL has already resolved "..", which a file path must not rely on.
  const sentPath = (request.url ?? '/').split('?', 1)[0] ?? '/';

  if (!access.isOurs(request)) refuse(options, response);
  else if (request.method === 'GET' && url.pathname === '/' && token !== null) enter(access, token, response);
  else if (!access.hasSession(request)) {
    if (reads) tellHowToEnter(response);
    else refuse(options, response);
  } else if (reads) await answerGet(options, sentPath, request, response);
  else if (request.method === 'POST' && access.saysOrigin(request))
    await answerPost(options, sentPath, request, response);
  else refuse(options, response);
}

function refuse(options: HttpOptions, response: ServerResponse): void {
  options.onFailure(null, 'sender-untrusted');
  const message = 'This call did not come from an Attune window.';
  sendEnvelope(response, { ok: false, error: { code: 'sender-untrusted', message } });
}

function enter(access: Access, token: string, response: ServerResponse): void {
  const cookie = access.redeem(token);
  if (cookie === null) tellHowToEnter(response);
  // The token leaves the address bar and the history with the redirect.
  else response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
}

function tellHowToEnter(response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(
    '<!doctype html><title>Attune</title><h1>This address has been used</h1>' +
      '<p>An Attune address opens one browser session. Go to the terminal where Attune runs and press Enter for a new one.</p>',
  );
}
