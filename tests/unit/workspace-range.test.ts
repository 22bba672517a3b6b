/** Ranges as RFC 9110 has them, and the loopback server that answers them. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { EncryptedFile } from '#main/services/workspace/encrypted-file.ts';
import { MediaStore, newFileId } from '#main/services/workspace/media-store.ts';
import { RangeServer } from '#main/services/workspace/range-server.ts';
import type { ServedAddress } from '#main/services/workspace/range-server.ts';
import { rangeResponse } from '#main/services/workspace/range.ts';
import { temporaryFolder } from '../fixtures/workspace.ts';

const CHUNK = 64 * 1024;
const MEGABYTE = 2 ** 20;

test.each<[string | undefined, 200 | 206 | 416, number, number]>([
  [undefined, 200, 0, 1000],
  ['bytes=0-', 206, 0, 1000],
  ['bytes=0-0', 206, 0, 1],
  ['bytes=10-19', 206, 10, 20],
  ['bytes=990-5000', 206, 990, 1000],
  ['bytes=-10', 206, 990, 1000],
  ['bytes=-5000', 206, 0, 1000],
  ['bytes=999-', 206, 999, 1000],
  ['bytes=1000-', 416, 0, 0],
  ['bytes=-0', 416, 0, 0],
  ['bytes=20-10', 200, 0, 1000],
  ['bytes=0-1,5-6', 200, 0, 1000],
  ['bytes=-', 200, 0, 1000],
  ['seconds=1-2', 200, 0, 1000],
  ['bytes=99999999999999999999-', 200, 0, 1000],
])('%s of 1000 bytes: %i, %i to %i', (header, status, start, end) => {
  const answer = rangeResponse(1000, header);
  expect(answer).toMatchObject({ status, start, end });
  expect(answer.headers['Content-Length']).toBe(String(end - start));
  expect(answer.headers['Content-Range']).toBe(
    status === 206 ? `bytes ${start}-${end - 1}/1000` : status === 416 ? 'bytes */1000' : undefined,
  );
});

test('nothing can be asked of an empty whole', () => {
  expect(rangeResponse(0, 'bytes=0-')).toMatchObject({ status: 416 });
  expect(rangeResponse(0, null)).toMatchObject({ status: 200, end: 0 });
});

interface Serving {
  address: ServedAddress;
  plain: Buffer;
  server: RangeServer;
  store: MediaStore;
  fileId: string;
  path: string;
}
/** Five chunks and a bit, or so many megabytes. */
async function served(megabytes?: number): Promise<Serving> {
  const folder = temporaryFolder();
  const store = new MediaStore({ folder, key: randomBytes(32), chunkBytes: CHUNK });
  const plain = randomBytes(megabytes === undefined ? 5 * CHUNK + 321 : megabytes * MEGABYTE);
  const fileId = newFileId();
  await store.write(fileId, [plain]);
  const server = new RangeServer();
  onTestFinished(async () => {
    await server.close();
    await store.close();
  });
  const address = await server.serve(await store.open(fileId));
  return { address, plain, server, store, fileId, path: join(folder, `${fileId}.attm`) };
}

const get = async (url: string, range?: string): Promise<{ status: number; body: Buffer }> => {
  const answer = await fetch(url, range === undefined ? {} : { headers: { range } });
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
};

test('serves wholes and ranges, also several at once', async () => {
  const { address, plain } = await served();
  expect(address.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
  expect((await get(address.url)).body.equals(plain)).toBe(true);
  const asked = Array.from({ length: 20 }, (_, i) => [i * 9_000, i * 9_000 + 70_000] as const);
  const answers = await Promise.all(
    asked.map(([start, end]) => get(address.url, `bytes=${start}-${end - 1}`)),
  );
  answers.forEach(({ status, body }, i) => {
    expect(status).toBe(206);
    expect(body.equals(plain.subarray(...asked[i]!))).toBe(true);
  });
  expect(await get(address.url, 'bytes=99999999-')).toMatchObject({ status: 416 });
  const head = await fetch(address.url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
    200,
    String(plain.length),
    'bytes',
  ]);
});

test('refuses other hosts, other methods, other paths, and revoked addresses', async () => {
  const { address } = await served();
  const { port, pathname } = new URL(address.url);
  const status = (host: string, method: string, path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });
  const self = `127.0.0.1:${port}`;
  expect(await status(self, 'GET', pathname)).toBe(200);
  expect(await status('evil.example', 'GET', pathname)).toBe(403);
  expect(await status(`localhost:${port}`, 'GET', pathname)).toBe(403);
  expect(await status(self, 'POST', pathname)).toBe(405);
  expect(await status(self, 'GET', '/')).toBe(404);
  expect(await status(self, 'GET', `${pathname}x`)).toBe(404);
  address.revoke();
  expect(await status(self, 'GET', pathname)).toBe(404);
});

test('a reader that leaves early leaves no problem', async () => {
  const { address } = await served();
  const cancel = new AbortController();
  const answer = await fetch(address.url, { signal: cancel.signal });
  await answer.body?.getReader().read();
  cancel.abort();
  expect((await get(address.url)).status).toBe(200);
  expect(address.problem()).toBeNull();
});

test('a reader that meets damage leaves its reason', async () => {
  const { address, path } = await served();
  const stored = readFileSync(path);
  stored[3 * CHUNK]! ^= 1;
  writeFileSync(path, stored);
  expect((await get(address.url, 'bytes=0-99')).status).toBe(206);
  expect(address.problem()).toBeNull();
  await expect(get(address.url)).rejects.toThrow();
  expect(address.problem()?.code).toBe('media-chunk-damaged');
});

test('a reader that does not read holds the file back: memory stays bounded', async () => {
  const { address, server, store, fileId } = await served(96);
  address.revoke();
  const file = await store.open(fileId);
  let decrypted = 0;
  const counted = Object.assign(Object.create(file) as EncryptedFile, {
    async *readRange(start?: number, end?: number) {
      for await (const part of file.readRange(start, end)) {
        decrypted += part.length;
        yield part;
      }
    },
  });
  const { url } = await server.serve(counted);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, resolve).on('error', reject).end();
  });
  answer.pause();
  let before = -1;
  await vi.waitUntil(
    () => {
      const still = decrypted > 0 && decrypted === before;
      before = decrypted;
      return still;
    },
    { interval: 250, timeout: 20_000 },
  );
  expect(decrypted).toBeLessThan(16 * MEGABYTE);
  let received = 0;
  for await (const part of answer) received += (part as Buffer).length;
  expect(received).toBe(96 * MEGABYTE);
});
