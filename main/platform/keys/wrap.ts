/** A key held inside another: AES-256-GCM (NIST SP 800-38D) with a random nonce. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce, ciphertext, tag. `context` is authenticated, not stored. */
export function wrapKey(key: Uint8Array, wrappingKey: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce).setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** The key; null when the wrapping key, the context or the bytes are not the right ones. */
export function unwrapKey(wrapped: Uint8Array, wrappingKey: Uint8Array, context: string): Buffer | null {
  if (wrapped.length <= NONCE_BYTES + TAG_BYTES) return null;
  const tagAt = wrapped.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, wrapped.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(context, 'utf8'))
    .setAuthTag(wrapped.subarray(tagAt));
  const key = decipher.update(wrapped.subarray(NONCE_BYTES, tagAt));
  try {
    decipher.final();
    return key;
  } catch {
    key.fill(0);
    return null;
  }
}
