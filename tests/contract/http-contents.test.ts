import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL_PATH, MEDIA_PATH, UPLOAD_NAME_HEADER, UPLOAD_PATH } from '#contract/methods/http.ts';
import { enter, send } from './support/browser.ts';
import type { Answer, Request } from './support/browser.ts';
import { MEDIA_BYTES } from './support/small-app.ts';
import { smallShell } from './support/small-shell.ts';
import type { SmallShell } from './support/small-shell.ts';

let small: SmallShell;
let headers: Record<string, string>;
beforeAll(async () => {
  small = await smallShell();
  headers = { cookie: await enter(small.shell.newAddress()), origin: small.shell.origin };
  await symlink(path.join(small.folder, '..', 'secret.js'), path.join(small.folder, 'link.js'));
});
afterAll(() => small.stop());
const ask = (request: Request): Promise<Answer> =>
  send(small.shell.origin, { ...request, headers: { ...headers, ...request.headers } });

describe('the page', () => {
  it('comes with a policy that lets nothing in and nothing out', async () => {
    const answer = await ask({ path: '/' });
    expect(answer.status).toBe(200);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ${small.shell.origin.replace('http', 'ws')};`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|\*|https?:/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each([
    '/../secret.html',
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/%2e%2e%2fsecret.js',
    '/..\\secret.js',
    '/..%5csecret.js',
    '/./../secret.js',
    '//secret.js',
    '/app.js/../../secret.js',
    '/link.js',
    '/app.js%00.html',
    '/%',
    '/etc/passwd',
    '/../../../../../../etc/hosts.js',
    '/.',
    '/..',
    '/index.html/',
  ])('does not lead out of its folder: %s', async (sent) => {
    const answer = await ask({ path: sent });
    expect(answer.status).toBe(404);
    expect(answer.body.toString()).not.toContain('secret');
  });
});

describe('calls', () => {
  it('refuses a body that is not JSON, is too large, or names an unknown method', async () => {
    const settings = `${CALL_PATH}app.settings`;
    expect((await ask({ method: 'POST', path: settings, body: '{' })).json()).toMatchObject({
      error: { code: 'argument-invalid' },
    });
    expect((await ask({ method: 'POST', path: settings, body: `"${'x'.repeat(2 ** 20)}"` })).status).toBe(
      413,
    );
    expect((await ask({ method: 'POST', path: `${CALL_PATH}app.none`, body: '{}' })).status).toBe(404);
    expect((await ask({ method: 'POST', path: '/api/other', body: '{}' })).status).toBe(404);
    expect((await ask({ method: 'POST', path: '/', body: '{}' })).status).toBe(404);
  });

  it('carries a coded refusal of a handler', async () => {
    const answer = await ask({ method: 'POST', path: `${CALL_PATH}jobs.list`, body: '{}' });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ ok: false, error: { code: 'workspace-locked' } });
  });
});

describe('uploads', () => {
  it('streams a file to the sink under its own name', async () => {
    const name = 'Gespräch 1 – "Übung" 🎧.wav';
    const body = Buffer.alloc(3 * 2 ** 20, 1);
    const answer = await ask({
      method: 'POST',
      path: UPLOAD_PATH,
      body,
      headers: { [UPLOAD_NAME_HEADER]: encodeURIComponent(name) },
    });
    expect(answer.json()).toEqual({ ok: true, value: { uploadId: 'upload-1' } });
    expect(small.app.received).toEqual([{ name, bytes: body.length }]);
  });

  it.each(['', '%', 'x'.repeat(1025)])('refuses the name %j', async (name) => {
    const answer = await ask({
      method: 'POST',
      path: UPLOAD_PATH,
      body: 'x',
      headers: { [UPLOAD_NAME_HEADER]: name },
    });
    expect(answer.json()).toMatchObject({ ok: false, error: { code: 'argument-invalid' } });
  });
});

describe('recordings', () => {
  const get = (range?: string, token = 'good-token'): Promise<Answer> =>
    ask({ path: MEDIA_PATH + token, headers: range === undefined ? {} : { range } });

  it('plays as a whole and in ranges', async () => {
    const whole = await get();
    expect(whole.status).toBe(200);
    expect(whole.body).toEqual(Buffer.from(MEDIA_BYTES));
    const part = await get('bytes=250-349');
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe('bytes 250-349/1000');
    expect(part.body).toEqual(Buffer.from(MEDIA_BYTES.slice(250, 350)));
    expect((await get('bytes=-10')).body).toEqual(Buffer.from(MEDIA_BYTES.slice(990)));
    expect((await get('bytes=990-')).headers['content-range']).toBe('bytes 990-999/1000');
    expect((await get('bytes=1000-')).status).toBe(416);
    // Not a range at all (RFC 9110, 14.1.1), so it is ignored.
    expect((await get('bytes=5-2')).status).toBe(200);
    expect((await get('lines=1-2')).status).toBe(200);
  });

  it('is not there under another token', async () => {
    expect((await get(undefined, 'bad-token')).status).toBe(404);
    expect((await get(undefined, '../good-token')).status).toBe(404);
  });
});
