/** The operating system's key store, as the workspace sees it. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { AttuneError } from '#contract/errors.ts';

export interface Keychain {
  /** False where the system would only pretend to protect. */
  available(): Promise<boolean>;
  protect(secret: Uint8Array): Promise<Uint8Array>;
  /** Throws when this system or user can't read what was protected. */
  unprotect(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** For shells without a key store: the browser window and the command line. */
export const noKeychain: Keychain = {
  available: () => Promise.resolve(false),
  protect: () => Promise.reject(unavailable()),
  unprotect: () => Promise.reject(unavailable()),
};

/** Throws 'keychain-unavailable' unless the store gives back what it was given: shown before anything depends on it. */
export async function proveKeychain(keychain: Keychain): Promise<void> {
  if (!(await keychain.available())) throw unavailable();
  const probe = randomBytes(32);
  let back: Uint8Array;
  try {
    back = await keychain.unprotect(await keychain.protect(probe));
  } catch (cause) {
    throw unavailable(cause);
  }
  if (back.length !== probe.length || !timingSafeEqual(back, probe)) throw unavailable();
}

export function unavailable(cause?: unknown): AttuneError {
  return new AttuneError('keychain-unavailable', "The system's key store can't be used here.", {
    kept: 'Nothing was changed.',
    remedy: 'Use a passphrase, or sign in to the system account that made the workspace.',
    cause,
  });
}
