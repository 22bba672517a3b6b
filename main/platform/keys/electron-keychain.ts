/** The key store of the desktop through Electron: Keychain, DPAPI, or a Linux secret service. */
import { safeStorage } from 'electron';
import type { Keychain } from './keychain.ts';
import { unavailable } from './keychain.ts';

/** What is used of Electron's safeStorage; before Electron 44 there was only the second half, which reads and writes the same. */
interface TextStore {
  getSelectedStorageBackend(): string;
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(encrypted: Buffer): Promise<{ result: string }>;
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

/** Electron holds text, so keys travel as base64. Only to be used after the app's 'ready' event. */
export class ElectronKeychain implements Keychain {
  private readonly store: TextStore;

  constructor(store: TextStore = safeStorage) {
    this.store = store;
  }

  async available(): Promise<boolean> {
    if (this.isPlainText()) return false;
    return this.store.isAsyncEncryptionAvailable?.() ?? this.store.isEncryptionAvailable();
  }

  async protect(secret: Uint8Array): Promise<Uint8Array> {
    if (!(await this.available())) throw unavailable();
    const text = Buffer.from(secret).toString('base64');
    return this.store.encryptStringAsync?.(text) ?? this.store.encryptString(text);
  }

  async unprotect(wrapped: Uint8Array): Promise<Uint8Array> {
    if (!(await this.available())) throw unavailable();
    const bytes = Buffer.from(wrapped);
    const decrypted = await this.store.decryptStringAsync?.(bytes);
    return Buffer.from(decrypted?.result ?? this.store.decryptString(bytes), 'base64');
  }

  /** On Linux without a secret service Electron "encrypts" with a password that stands in its source. */
  private isPlainText(): boolean {
    if (process.platform !== 'linux') return false;
    return ['basic_text', 'unknown'].includes(this.store.getSelectedStorageBackend());
  }
}
