/** `workspace.json` (docs/formats/workspace.md): how the key is kept. Nothing in it is about anybody. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AttuneError } from '#contract/errors.ts';
import { z } from 'zod';
import { scryptParameters } from '../../platform/keys/passphrase.ts';
import { systemCode } from './file-errors.ts';

export const WORKSPACE_FORMAT = 'attune.workspace';
export const WORKSPACE_VERSION = 1;

const base64 = z.base64().max(16_384);
export const keyRecord = z.discriminatedUnion('source', [
  z.object({ source: z.literal('passphrase'), scrypt: scryptParameters, wrapped: base64 }),
  z.object({ source: z.literal('keychain'), protected: base64, wrapped: base64 }),
]);
export type KeyRecord = z.infer<typeof keyRecord>;

const description = z.object({
  format: z.literal(WORKSPACE_FORMAT),
  version: z.literal(WORKSPACE_VERSION),
  id: z.uuid(),
  key: keyRecord,
});
export type WorkspaceDescription = z.infer<typeof description>;

export const newWorkspaceId = (): string => randomUUID();

/** Null when there is none. Throws 'workspace-from-future' or 'workspace-damaged'. */
export async function readDescription(path: string): Promise<WorkspaceDescription | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT' || systemCode(thrown) === 'ENOTDIR') return null;
    throw damaged(thrown);
  }
  const value = parseJson(text);
  const version = z.object({ format: z.literal(WORKSPACE_FORMAT), version: z.number() }).safeParse(value);
  if (version.success && version.data.version > WORKSPACE_VERSION) throw fromFuture();
  const parsed = description.safeParse(value);
  if (!parsed.success) throw damaged(parsed.error);
  return parsed.data;
}

export const descriptionText = (id: string, key: KeyRecord): string =>
  `${JSON.stringify({ format: WORKSPACE_FORMAT, version: WORKSPACE_VERSION, id, key }, null, 2)}\n`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const fromFuture = (): AttuneError =>
  new AttuneError('workspace-from-future', 'This workspace was made by a later version of Attune.', {
    kept: 'Nothing was changed.',
    remedy: 'Open it with that version.',
  });

const damaged = (cause: unknown): AttuneError =>
  new AttuneError('workspace-damaged', 'The file workspace.json is damaged.', {
    kept: 'Nothing was overwritten.',
    remedy: 'Restore workspace.json from a backup: without it the workspace cannot be decrypted.',
    cause,
  });
