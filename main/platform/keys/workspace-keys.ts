/** One master key, and a key of its own for each use (HKDF-SHA256, RFC 5869). */
import { hkdfSync, randomBytes } from 'node:crypto';

export const KEY_BYTES = 32;
export const newMasterKey = (): Buffer => randomBytes(KEY_BYTES);

/** 32 bytes for one use; `salt` may be empty. */
export const deriveKey = (key: Uint8Array, use: string, salt: Uint8Array = new Uint8Array()): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, use, KEY_BYTES));

/** The keys of an open workspace. They exist in memory only, and only until forgotten. */
export class WorkspaceKeys {
  readonly database: Buffer;
  readonly media: Buffer;
  readonly derived: Buffer;
  /** For file names that must not tell what they are about. */
  readonly names: Buffer;

  /** Takes over the master key, and overwrites it. */
  constructor(master: Buffer) {
    this.database = deriveKey(master, 'attune database v1');
    this.media = deriveKey(master, 'attune media v1');
    this.derived = deriveKey(master, 'attune derived v1');
    this.names = deriveKey(master, 'attune names v1');
    master.fill(0);
  }

  forget(): void {
    for (const key of [this.database, this.media, this.derived, this.names]) key.fill(0);
  }
}
