/** Whether there is a workspace, and whether it is open. */
import { z } from 'zod';
import { errorData } from '../errors.ts';

export const workspaceStatus = z.object({
  state: z.enum(['none', 'locked', 'open']),
  /** Folder of the workspace, for the person's eyes. */
  path: z.string(),
  keySource: z.enum(['passphrase', 'keychain']).nullable(),
  keychainAvailable: z.boolean(),
  /** Why the last attempt to open it failed. */
  error: errorData.nullable(),
});
export type WorkspaceStatus = z.infer<typeof workspaceStatus>;

export const MIN_PASSPHRASE_LENGTH = 8;
export const workspaceKey = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), passphrase: z.string().max(1024) }),
  z.object({ kind: z.literal('keychain') }),
]);
export type WorkspaceKey = z.infer<typeof workspaceKey>;
