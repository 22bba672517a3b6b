/** Keys: derived apart, wrapped, forgotten; and the system's key store refused where it only pretends. */
import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { proveKeychain } from '#main/platform/keys/keychain.ts';
import { refuseWeakPassphrase } from '#main/platform/keys/passphrase.ts';
import { WorkspaceKeys, deriveKey } from '#main/platform/keys/workspace-keys.ts';
import { unwrapKey, wrapKey } from '#main/platform/keys/wrap.ts';
import { codeOf } from '../fixtures/workspace.ts';

// Without Electron's own download its package can't be loaded; the class under test is given its store.
vi.mock('electron', () => ({ safeStorage: {} }));
const { ElectronKeychain } = await import('#main/platform/keys/electron-keychain.ts');

test('HKDF-SHA256 is the one of RFC 5869', () => {
  // Appendix A.3: no salt, no info.
  expect(deriveKey(Buffer.alloc(22, 0x0b), '').toString('hex')).toBe(
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
  );
});

test('every use has a key of its own; the master key and they are overwritten', () => {
  const master = randomBytes(32);
  const copy = Buffer.from(master);
  const keys = new WorkspaceKeys(master);
  expect(master.equals(Buffer.alloc(32))).toBe(true);
  const all = [keys.database, keys.media, keys.derived, keys.names];
  expect(new Set(all.map((key) => key.toString('hex'))).size).toBe(4);
  expect(keys.media.equals(new WorkspaceKeys(copy).media)).toBe(true);
  keys.forget();
  for (const key of all) expect(key.equals(Buffer.alloc(32))).toBe(true);
});

test('a wrapped key opens with its key and context only', () => {
  const [key, wrapping] = [randomBytes(32), randomBytes(32)];
  const wrapped = wrapKey(key, wrapping, 'context');
  expect(unwrapKey(wrapped, wrapping, 'context')?.equals(key)).toBe(true);
  expect(unwrapKey(wrapped, randomBytes(32), 'context')).toBeNull();
  expect(unwrapKey(wrapped, wrapping, 'another')).toBeNull();
  expect(unwrapKey(wrapped.subarray(0, 20), wrapping, 'context')).toBeNull();
  for (let i = 0; i < wrapped.length; i++) {
    const damaged = Buffer.from(wrapped);
    damaged[i] = damaged[i]! ^ 1;
    expect(unwrapKey(damaged, wrapping, 'context')).toBeNull();
  }
});

test.each(['', '1234567', 'aaaaaaaaaa', 'abababab', '12345678', 'hgfedcba', '😀😀😀😀😀😀😀😀'])(
  'weak: "%s"',
  async (passphrase) => {
    expect(await codeOf(Promise.resolve().then(() => refuseWeakPassphrase(passphrase)))).toBe(
      'passphrase-weak',
    );
  },
);
test.each(['correct horse', '心理学记录本子很安全', 'tr0ub4dor'])('good enough: "%s"', (passphrase) => {
  expect(() => refuseWeakPassphrase(passphrase)).not.toThrow();
});

const textStore = (backend: string) => ({
  getSelectedStorageBackend: () => backend,
  isEncryptionAvailable: () => true,
  encryptString: (text: string) => Buffer.from(text).reverse(),
  decryptString: (bytes: Buffer) => Buffer.from(bytes).reverse().toString(),
});

test.skipIf(process.platform !== 'linux')('the plain-text back end is refused', async () => {
  const plain = new ElectronKeychain(textStore('basic_text'));
  expect(await plain.available()).toBe(false);
  expect(await codeOf(plain.protect(randomBytes(32)))).toBe('keychain-unavailable');
  expect(await codeOf(plain.unprotect(randomBytes(32)))).toBe('keychain-unavailable');
  expect(await codeOf(proveKeychain(plain))).toBe('keychain-unavailable');
});

test('a real back end gives back what it takes, with either half of its interface', async () => {
  const old = textStore('gnome_libsecret');
  const asynchronous = {
    ...old,
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text: string) => Promise.resolve(old.encryptString(text)),
    decryptStringAsync: (bytes: Buffer) => Promise.resolve({ result: old.decryptString(bytes) }),
  };
  for (const store of [old, asynchronous]) {
    const keychain = new ElectronKeychain(store);
    await proveKeychain(keychain);
    const secret = randomBytes(32);
    expect(Buffer.from(await keychain.unprotect(await keychain.protect(secret))).equals(secret)).toBe(true);
  }
});
