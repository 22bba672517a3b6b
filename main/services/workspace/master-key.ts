/** Keeping the master key under a passphrase or in the system's key store, and getting it back. */
import { AttuneError } from '#contract/errors.ts';
import type { WorkspaceKey } from '#contract/workspace/status.ts';
import { proveKeychain, unavailable } from '../../platform/keys/keychain.ts';
import type { Keychain } from '../../platform/keys/keychain.ts';
import {
  keyFromPassphrase,
  newScryptParameters,
  refuseWeakPassphrase,
} from '../../platform/keys/passphrase.ts';
import { newMasterKey } from '../../platform/keys/workspace-keys.ts';
import { unwrapKey, wrapKey } from '../../platform/keys/wrap.ts';
import { WORKSPACE_FORMAT, WORKSPACE_VERSION } from './description.ts';
import type { KeyRecord, WorkspaceDescription } from './description.ts';

/** Throws 'passphrase-weak' or 'keychain-unavailable'; a key store is proven to give back what it takes first. */
export async function sealMasterKey(
  master: Buffer,
  id: string,
  key: WorkspaceKey,
  keychain: Keychain,
  scryptCost?: number,
): Promise<KeyRecord> {
  if (key.kind === 'passphrase') {
    refuseWeakPassphrase(key.passphrase);
    const scrypt = newScryptParameters(scryptCost);
    const wrappingKey = await keyFromPassphrase(key.passphrase, scrypt);
    const wrapped = wrapKey(master, wrappingKey, context(id, JSON.stringify(scrypt)));
    wrappingKey.fill(0);
    return { source: 'passphrase', scrypt, wrapped: wrapped.toString('base64') };
  }
  await proveKeychain(keychain);
  const wrappingKey = newMasterKey();
  const wrapped = wrapKey(master, wrappingKey, context(id, 'keychain'));
  const protectedKey = Buffer.from(await keychain.protect(wrappingKey));
  wrappingKey.fill(0);
  return {
    source: 'keychain',
    protected: protectedKey.toString('base64'),
    wrapped: wrapped.toString('base64'),
  };
}

/** Throws 'passphrase-wrong' (also for a damaged record: the two can't be told apart), 'keychain-unavailable' or 'argument-invalid'. */
export async function openMasterKey(
  { id, key: record }: WorkspaceDescription,
  key: WorkspaceKey,
  keychain: Keychain,
): Promise<Buffer> {
  const wrapped = Buffer.from(record.wrapped, 'base64');
  if (record.source === 'passphrase') {
    if (key.kind !== 'passphrase') throw otherSource('a passphrase');
    const wrappingKey = await keyFromPassphrase(key.passphrase, record.scrypt);
    const master = unwrapKey(wrapped, wrappingKey, context(id, JSON.stringify(record.scrypt)));
    wrappingKey.fill(0);
    if (master === null) throw passphraseWrong();
    return master;
  }
  if (key.kind !== 'keychain') throw otherSource("the system's key store");
  const wrappingKey = await unprotect(keychain, Buffer.from(record.protected, 'base64'));
  const master = unwrapKey(wrapped, wrappingKey, context(id, 'keychain'));
  wrappingKey.fill(0);
  if (master === null) throw unavailable();
  return master;
}

/** Binds the wrapped key to this workspace and to the parameters beside it. */
const context = (id: string, how: string): string => `${WORKSPACE_FORMAT}/${WORKSPACE_VERSION}/${id}/${how}`;

async function unprotect(keychain: Keychain, bytes: Buffer): Promise<Buffer> {
  if (!(await keychain.available())) throw unavailable();
  try {
    const key = Buffer.from(await keychain.unprotect(bytes));
    if (key.length === 32) return key;
  } catch (cause) {
    throw unavailable(cause);
  }
  throw unavailable();
}

const passphraseWrong = (): AttuneError =>
  new AttuneError('passphrase-wrong', 'That passphrase does not open this workspace.', {
    kept: 'Nothing was changed.',
    remedy: 'Check the keyboard layout and Caps Lock, and try again.',
  });

const otherSource = (what: string): AttuneError =>
  new AttuneError('argument-invalid', `This workspace is opened with ${what}.`, {
    kept: 'Nothing was changed.',
  });
