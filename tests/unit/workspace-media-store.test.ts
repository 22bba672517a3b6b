/** The encrypted file format: what is read is what was written, and every kind of damage is told. */
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FOOTER_BYTES, HEADER_BYTES, TAG_BYTES } from '#main/services/workspace/chunk-format.ts';
import type { EncryptedFile } from '#main/services/workspace/encrypted-file.ts';
import { MediaStore, newFileId } from '#main/services/workspace/media-store.ts';
import type { CreateFile } from '#main/services/workspace/media-store.ts';
import { smallDisk } from '../fixtures/small-disk.ts';
import { codeOf, snapshot, temporaryFolder } from '../fixtures/workspace.ts';

const CHUNK = 64 * 1024;
const key = randomBytes(32);
const store = (folder: string, createFile?: CreateFile): MediaStore =>
  new MediaStore({ folder, key, chunkBytes: CHUNK, ...(createFile === undefined ? {} : { createFile }) });

async function read(file: EncryptedFile, start?: number, end?: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of file.readRange(start, end)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** Pieces of odd sizes, as a stream brings them. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 13) % 100_003)
    yield bytes.subarray(at, at + size);
}

describe('what is written comes back', () => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17])('%i bytes', async (length) => {
    const plain = randomBytes(length);
    const files = store(temporaryFolder());
    const fileId = newFileId();
    const written = await files.write(fileId, pieces(plain));
    expect(written.bytes).toBe(length);
    expect(written.sha256).toBe(createHash('sha256').update(plain).digest('hex'));

    const file = await files.open(fileId);
    expect(file.size()).toBe(length);
    expect(file.sha256()).toBe(written.sha256);
    expect((await read(file)).equals(plain)).toBe(true);
    for (const [start, end] of [
      [0, 10],
      [CHUNK - 5, CHUNK + 5],
      [length - 3, length],
      [CHUNK, 2 * CHUNK],
      [length, length + 5],
    ] as const)
      expect((await read(file, start, end)).equals(plain.subarray(Math.max(0, start), end))).toBe(true);
    await files.close();
  });

  test('and never lies on disk in the clear', async () => {
    const folder = temporaryFolder();
    const secret = Buffer.from('what was said in confidence '.repeat(10_000));
    const fileId = newFileId();
    await store(folder).write(fileId, [secret]);
    const stored = readFileSync(join(folder, `${fileId}.attm`));
    expect(stored.includes('confidence')).toBe(false);
    expect(stored.length).toBe(
      HEADER_BYTES + secret.length + Math.ceil(secret.length / CHUNK) * TAG_BYTES + FOOTER_BYTES,
    );
  });
});

describe('damage', () => {
  const BYTES = 4 * CHUNK + 100;
  const at = (chunk: number): number => HEADER_BYTES + chunk * (CHUNK + TAG_BYTES);

  async function damaged(damage: (path: string, stored: Buffer) => void): Promise<{
    folder: string;
    files: MediaStore;
    fileId: string;
  }> {
    const folder = temporaryFolder();
    const files = store(folder);
    const fileId = newFileId();
    await files.write(fileId, [randomBytes(BYTES)]);
    const path = join(folder, `${fileId}.attm`);
    damage(path, readFileSync(path));
    return { folder, files, fileId };
  }

  test.each<[string, (path: string, stored: Buffer) => void]>([
    ['a cut chunk', (path) => truncateSync(path, at(4) + 50)],
    ['a file cut inside its header', (path) => truncateSync(path, 40)],
    ['an empty file', (path) => truncateSync(path, 0)],
    [
      'a chunk cut out',
      (path, s) => writeFileSync(path, Buffer.concat([s.subarray(0, at(1)), s.subarray(at(2))])),
    ],
    [
      'a chunk put in twice',
      (path, s) => writeFileSync(path, Buffer.concat([s.subarray(0, at(2)), s.subarray(at(1))])),
    ],
    ['bytes behind the end', (path, s) => writeFileSync(path, Buffer.concat([s, Buffer.from('more')]))],
    ['a changed header', (path, s) => writeFileSync(path, flip(s, 33))],
    ['another chunk size in the header', (path, s) => writeFileSync(path, flip(s, 14))],
    ['a changed length', (path, s) => writeFileSync(path, flip(s, s.length - FOOTER_BYTES))],
  ])('%s is told when the file is opened', async (_, damage) => {
    const { folder, files, fileId } = await damaged(damage);
    const before = snapshot(folder);
    expect(await codeOf(files.open(fileId))).toBe('media-chunk-damaged');
    expect(snapshot(folder)).toEqual(before);
  });

  test.each<[string, (path: string, stored: Buffer) => void, number]>([
    [
      'swapped chunks',
      (path, s) => {
        const first = Buffer.from(s.subarray(at(1), at(2)));
        s.copyWithin(at(1), at(2), at(3));
        first.copy(s, at(2));
        writeFileSync(path, s);
      },
      1,
    ],
    [
      'a chunk written over another',
      (path, s) => {
        s.copyWithin(at(3), at(0), at(1));
        writeFileSync(path, s);
      },
      3,
    ],
    ['a flipped bit', (path, s) => writeFileSync(path, flip(s, at(2) + 1000)), 2],
  ])('%s: told where it is reached, the chunks before it are read', async (_, damage, first) => {
    const { folder, files, fileId } = await damaged(damage);
    const before = snapshot(folder);
    const file = await files.open(fileId);
    expect((await read(file, 0, first * CHUNK)).length).toBe(first * CHUNK);
    expect(await codeOf(read(file, 0, BYTES))).toBe('media-chunk-damaged');
    expect(await codeOf(read(file, first * CHUNK + 7, first * CHUNK + 8))).toBe('media-chunk-damaged');
    expect(snapshot(folder)).toEqual(before);
    await files.close();
  });

  test('a chunk of another file in the same place', async () => {
    const { folder, files, fileId } = await damaged(() => undefined);
    const other = newFileId();
    await files.write(other, [randomBytes(BYTES)]);
    const path = join(folder, `${fileId}.attm`);
    const stored = readFileSync(path);
    readFileSync(join(folder, `${other}.attm`)).copy(stored, at(1), at(1), at(2));
    writeFileSync(path, stored);
    const file = await files.open(fileId);
    expect(await codeOf(read(file))).toBe('media-chunk-damaged');
    await files.close();
  });

  test('another whole file in its place', async () => {
    const { folder, files, fileId } = await damaged(() => undefined);
    const other = newFileId();
    await files.write(other, [randomBytes(BYTES)]);
    copyFileSync(join(folder, `${other}.attm`), join(folder, `${fileId}.attm`));
    expect(await codeOf(files.open(fileId))).toBe('media-chunk-damaged');
  });

  test('a later format is refused as such', async () => {
    const { folder, files, fileId } = await damaged((path, s) => {
      s.writeUInt16LE(2, 8);
      writeFileSync(path, s);
    });
    const before = snapshot(folder);
    expect(await codeOf(files.open(fileId))).toBe('workspace-from-future');
    expect(snapshot(folder)).toEqual(before);
  });

  test('another key', async () => {
    const { folder, fileId } = await damaged(() => undefined);
    const stranger = new MediaStore({ folder, key: randomBytes(32), chunkBytes: CHUNK });
    expect(await codeOf(stranger.open(fileId))).toBe('media-chunk-damaged');
  });
});

describe('a write that fails leaves nothing', () => {
  test('on a write that the disk refuses', async () => {
    const folder = temporaryFolder();
    let writes = 0;
    const files = store(folder, async (path) => {
      const handle = await open(path, 'wx');
      const write = handle.write.bind(handle) as (
        b: Buffer,
        o: number,
        l: number,
      ) => Promise<{ bytesWritten: number; buffer: Buffer }>;
      return {
        write: ((bytes: Buffer, offset: number, length: number) => {
          writes += 1;
          if (writes > 3) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          // A disk takes less than it was given, too.
          return write(bytes, offset, Math.ceil(length / 2));
        }) as never,
        sync: () => handle.sync(),
        close: () => handle.close(),
      };
    });
    expect(await codeOf(files.stage([randomBytes(10 * CHUNK)]))).toBe('disk-full');
    expect(writes).toBe(4);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('on a disk that is really full', async ({ skip }) => {
    const folder = smallDisk(1, skip);
    const files = store(folder);
    const kept = newFileId();
    await files.write(kept, [randomBytes(300_000)]);
    const before = snapshot(folder);
    expect(await codeOf(files.stage([randomBytes(2_000_000)]))).toBe('disk-full');
    expect(snapshot(folder)).toEqual(before);
    expect((await files.readAll(kept)).length).toBe(300_000);
  });

  test('when it is cancelled, and when its source fails', async () => {
    const folder = temporaryFolder();
    const files = store(folder);
    const cancel = new AbortController();
    function* cancelled(): Generator<Buffer> {
      yield randomBytes(CHUNK);
      cancel.abort();
      yield randomBytes(CHUNK);
    }
    expect(await codeOf(files.stage(cancelled(), { signal: cancel.signal }))).toBe('cancelled');
    function* torn(): Generator<Buffer> {
      yield randomBytes(CHUNK);
      throw new Error('the connection is gone');
    }
    await expect(files.stage(torn())).rejects.toThrow('the connection is gone');
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('a closed store neither writes nor reads', async () => {
  const folder = temporaryFolder();
  const files = store(folder);
  const fileId = newFileId();
  await files.write(fileId, [randomBytes(3 * CHUNK)]);
  const file = await files.open(fileId);
  const reader = file.readRange();
  await reader.next();
  await files.close();
  expect(await codeOf(reader.next())).toBe('workspace-locked');
  expect(await codeOf(files.open(fileId))).toBe('workspace-locked');
  expect(await codeOf(files.stage([randomBytes(10)]))).toBe('workspace-locked');
});

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = bytes[at]! ^ 1;
  return bytes;
}
