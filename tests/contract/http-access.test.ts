import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  CALL_PATH,
  EVENTS_PATH,
  MEDIA_PATH,
  UPLOAD_NAME_HEADER,
  UPLOAD_PATH,
} from '#contract/methods/http.ts';
import { METHOD_NAMES } from '#contract/methods/table.ts';
import { Access } from '#main/ipc/http/access.ts';
import { enter, send } from './support/browser.ts';
import type { Request } from './support/browser.ts';
import { smallShell } from './support/small-shell.ts';
import type { SmallShell } from './support/small-shell.ts';

let small: SmallShell;
let origin: string;
let cookie: string;
beforeAll(async () => {
  small = await smallShell();
  origin = small.shell.origin;
  cookie = await enter(small.shell.newAddress());
});
afterAll(() => small.stop());

const call = (more: Partial<Request> & { headers?: Record<string, string> } = {}): Request => ({
  method: 'POST',
  path: `${CALL_PATH}app.settings`,
  body: '{}',
  ...more,
  headers: { cookie, origin, ...more.headers },
});
const UNTRUSTED = { ok: false, error: { code: 'sender-untrusted' } };

describe('who may talk to the loopback server', () => {
  it('listens on 127.0.0.1 only', () => {
    expect(new URL(origin).hostname).toBe('127.0.0.1');
  });

  it('answers a page of its own', async () => {
    const answer = await send(origin, call());
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ ok: true, value: { theme: 'system' } });
  });

  it('gives a session cookie that scripts and other sites never see', async () => {
    const url = new URL(small.shell.newAddress());
    const answer = await send(origin, { path: url.pathname + url.search });
    const [set] = answer.headers['set-cookie'] ?? [];
    expect(set).toMatch(/; HttpOnly/);
    expect(set).toMatch(/; SameSite=Strict/);
    expect(answer.headers.location).toBe('/');
  });

  it('takes a token once, and never a wrong or an old one', async () => {
    const url = new URL(small.shell.newAddress());
    expect((await send(origin, { path: url.pathname + url.search })).status).toBe(303);
    expect((await send(origin, { path: url.pathname + url.search })).status).toBe(401);
    expect((await send(origin, { path: '/?token=' })).status).toBe(401);
    expect((await send(origin, { path: `/?token=${'A'.repeat(43)}` })).status).toBe(401);

    let now = 0;
    const access = new Access(1, () => now);
    const token = new URL(access.newAddress()).searchParams.get('token') ?? '';
    now = 11 * 60_000;
    expect(access.redeem(token)).toBeNull();
  });

  it('does not show a page without the cookie', async () => {
    for (const path of ['/', '/index.html', '/app.js', `${MEDIA_PATH}good-token`]) {
      const answer = await send(origin, { path });
      expect(answer.status).toBe(401);
      expect(answer.body.toString()).not.toContain('<title>Attune</title></');
    }
    expect((await send(origin, { path: '/', headers: { cookie: cookie.replace(/.$/, '_') } })).status).toBe(
      401,
    );
  });

  it.each(METHOD_NAMES)('refuses %s without the cookie', async (method) => {
    const before = small.app.calls.length;
    const answer = await send(origin, {
      method: 'POST',
      path: CALL_PATH + method,
      body: '{}',
      headers: { origin },
    });
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject(UNTRUSTED);
    expect(small.app.calls.length).toBe(before);
  });

  it.each([
    ['another host', { host: 'attune.example' }],
    ['a rebound name with our port', { host: 'localhost.example:80' }],
    ['localhost, which is another name', { host: 'localhost' }],
    ['another origin', { origin: 'https://example.com' }],
    ['an opaque origin', { origin: 'null' }],
    ['our host on another port', { origin: 'http://127.0.0.1:1' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a fetch from another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_what, headers) => {
    for (const request of [
      call({ headers }),
      call({ method: 'GET', path: '/', headers }),
      call({ path: UPLOAD_PATH, headers: { ...headers, [UPLOAD_NAME_HEADER]: 'a' } }),
    ]) {
      const answer = await send(origin, request);
      expect(answer.status).toBe(403);
      expect(answer.json()).toMatchObject(UNTRUSTED);
    }
  });

  it('refuses a POST that does not say where it comes from', async () => {
    const answer = await send(origin, { ...call(), headers: { cookie } });
    expect(answer.json()).toMatchObject(UNTRUSTED);
  });

  it('knows no CORS', async () => {
    const answer = await send(
      origin,
      call({ method: 'OPTIONS', headers: { origin: 'https://example.com' } }),
    );
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('knows no %s', async (method) => {
    expect((await send(origin, call({ method }))).status).toBe(403);
  });
});

describe('events over the WebSocket', () => {
  const upgrade = (headers: Record<string, string>, path: string = EVENTS_PATH): Promise<WebSocketTry> =>
    tryWebSocket(origin, path, headers);

  it('opens for a page with the cookie, and delivers', async () => {
    const { socket } = await upgrade({ cookie, origin });
    expect(socket).not.toBeNull();
    const message = new Promise<string>((resolve) =>
      socket?.on('message', (data: Buffer) => resolve(data.toString())),
    );
    small.app.emit({ name: 'library.changed', payload: {} });
    expect(JSON.parse(await message)).toEqual({ name: 'library.changed', payload: {} });
    const closed = new Promise<number>((resolve) => socket?.on('close', resolve));
    socket?.send('anything');
    expect(await closed).toBe(1008);
  });

  it.each([
    ['without the cookie', () => ({ origin })],
    ['with a wrong cookie', () => ({ origin, cookie: 'attune=1' })],
    ['without an origin', () => ({ cookie })],
    ['from another origin', () => ({ cookie, origin: 'https://example.com' })],
    ['under another host', () => ({ cookie, origin, host: 'attune.example' })],
  ])('stays shut %s', async (_what, headers) => {
    expect(await upgrade(headers() as Record<string, string>)).toEqual({ socket: null, status: 403 });
  });

  it('stays shut on any other path', async () => {
    expect(await upgrade({ cookie, origin }, '/api/other')).toEqual({ socket: null, status: 403 });
  });
});

interface WebSocketTry {
  socket: WebSocket | null;
  status: number;
}
function tryWebSocket(origin: string, path: string, headers: Record<string, string>): Promise<WebSocketTry> {
  return new Promise((resolve) => {
    const socket = new WebSocket(origin.replace('http:', 'ws:') + path, { headers });
    socket.on('open', () => resolve({ socket, status: 101 }));
    socket.on('unexpected-response', (_request, response) => {
      resolve({ socket: null, status: response.statusCode ?? 0 });
      socket.terminate();
    });
    socket.on('error', () => {});
  });
}
