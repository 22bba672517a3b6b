/** docs/formats/workspace.md and media-store.md, read literally: a second reader that shares no code with the first. */
import { createDecipheriv, createHash, hkdfSync, randomBytes, scryptSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { expect, onTestFinished, test } from 'vitest';
import { PASSPHRASE, openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

interface Description {
  id: string;
  key: {
    scrypt: { cost: number; blockSize: number; parallelization: number; salt: string };
    wrapped: string;
  };
}

function open(key: Buffer, nonce: Buffer, additional: Buffer | string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(Buffer.from(additional as string));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}
const hkdf = (key: Buffer, salt: Buffer, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, 32));

function masterKey(path: string): Buffer {
  const { id, key } = JSON.parse(readFileSync(join(path, 'workspace.json'), 'utf8')) as Description;
  const { cost, blockSize, parallelization, salt } = key.scrypt;
  const wrapping = scryptSync(PASSPHRASE.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, {
    ...{ N: cost, r: blockSize, p: parallelization, maxmem: 2 ** 28 },
  });
  const wrapped = Buffer.from(key.wrapped, 'base64');
  expect(wrapped).toHaveLength(60);
  const context = `attune.workspace/1/${id}/${JSON.stringify({ cost, blockSize, parallelization, salt })}`;
  return open(wrapping, wrapped.subarray(0, 12), context, wrapped.subarray(12));
}

test('a workspace can be read by what its documents say', async () => {
  const path = join(temporaryFolder(), 'workspace');
  const workspace = await openWorkspace(path);
  const plain = randomBytes(700_000);
  const id = 'c0ffee'.padEnd(32, '7');
  await workspace.opened().media.write(id, [plain]);
  await workspace.lock();
  const master = masterKey(path);

  const file = readFileSync(join(path, 'media', `${id}.attm`));
  const header = file.subarray(0, 64);
  expect(header.toString('latin1', 0, 8)).toBe('ATTUNEMF');
  expect(header.readUInt16LE(8)).toBe(1);
  expect(header.readUInt16LE(10)).toBe(0);
  const chunkBytes = header.readUInt32LE(12);
  expect(chunkBytes).toBe(262_144);
  expect(header.toString('hex', 16, 32)).toBe(id);
  const media = hkdf(master, Buffer.alloc(0), 'attune media v1');
  const key = hkdf(media, header.subarray(32, 64), 'attune file v1');
  const footer = open(key, Buffer.alloc(12, 0xff), header, file.subarray(-56));
  expect(footer.readBigUInt64LE(0)).toBe(700_000n);
  expect(footer.subarray(8).equals(createHash('sha256').update(plain).digest())).toBe(true);
  expect(file).toHaveLength(64 + 700_000 + 16 * 3 + 56);
  const chunks = [0, 1, 2].map((i) => {
    const nonce = Buffer.alloc(12);
    nonce.writeBigUInt64LE(BigInt(i));
    const at = 64 + i * (chunkBytes + 16);
    return open(key, nonce, header, file.subarray(at, Math.min(at + chunkBytes + 16, file.length - 56)));
  });
  expect(Buffer.concat(chunks).equals(plain)).toBe(true);

  const db = new Database(join(path, 'workspace.db'), { readonly: true });
  onTestFinished(() => void db.close());
  db.pragma("cipher = 'chacha20'");
  db.key(Buffer.concat([Buffer.from('raw:'), hkdf(master, Buffer.alloc(0), 'attune database v1')]));
  expect(db.prepare('SELECT kind FROM audit_events').get()).toEqual({ kind: 'workspace-created' });
  expect(db.pragma('page_size', { simple: true })).toBe(4096);
});
