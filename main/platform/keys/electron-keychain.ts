/** The key store of the desktop through Electron: Keychain, DPAPI, or a Linux secret service. */
import { safeStorage } from 'electron';
import type { Keychain } from './keychain.ts';
import { unavailable } from './keychain.ts';

/** Electron holds text, so keys travel as base64. Only to be used after the app's 'ready' event. */
export class ElectronKeychain implements Keychain {
  available(): Promise<boolean> {
    return Promise.resolve(safeStorage.isEncryptionAvailable() && !isPlainText());
  }

  async protect(secret: Uint8Array): Promise<Uint8Array> {
    if (!(await this.available())) throw unavailable();
    return safeStorage.encryptString(Buffer.from(secret).toString('base64'));
  }

  async unprotect(wrapped: Uint8Array): Promise<Uint8Array> {
    if (!(await this.available())) throw unavailable();
    return Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), 'base64');
  }
}

/** On Linux without a secret service Electron "encrypts" with a password that stands in its source. */
function isPlainText(): boolean {
  if (process.platform !== 'linux') return false;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend === 'basic_text' || backend === 'unknown';
}
