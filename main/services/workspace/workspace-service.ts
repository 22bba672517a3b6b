/** Whether there is a workspace, and opening and locking it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AttuneError, toErrorData } from '#contract/errors.ts';
import type { ErrorData } from '#contract/errors.ts';
import type { WorkspaceKey, WorkspaceStatus } from '#contract/workspace/status.ts';
import type { HostClient } from '../../hosts/client.ts';
import type { DatabaseTasks } from '../../hosts/database/tasks.ts';
import type { Keychain } from '../../platform/keys/keychain.ts';
import { WorkspaceKeys, newMasterKey } from '../../platform/keys/workspace-keys.ts';
import { buildWorkspace, refuseOccupied } from './create.ts';
import { descriptionText, newWorkspaceId, readDescription } from './description.ts';
import type { WorkspaceDescription } from './description.ts';
import { workspaceLocked } from './encrypted-file.ts';
import { LockFile } from './lock-file.ts';
import { openMasterKey, sealMasterKey } from './master-key.ts';
import { DESCRIPTION_NAME, LOCK_NAME, OpenWorkspace } from './open-workspace.ts';

export interface WorkspaceOptions {
  /** Folder of the workspace; need not exist. */
  path: string;
  database: HostClient<DatabaseTasks>;
  keychain: Keychain;
  /** For new passphrases; default SCRYPT_COST. */
  scryptCost?: number;
}

export class WorkspaceService {
  private readonly path: string;
  private readonly database: HostClient<DatabaseTasks>;
  private readonly keychain: Keychain;
  private readonly scryptCost: number | undefined;
  private readonly listeners = new Set<(status: WorkspaceStatus) => void>();
  private readonly openers = new Set<() => Promise<void>>();
  private readonly lockers = new Set<() => Promise<void>>();
  private workspace: OpenWorkspace | null = null;
  private failure: ErrorData | null = null;
  /** Creating, opening and locking happen one after another. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(options: WorkspaceOptions) {
    this.path = options.path;
    this.database = options.database;
    this.keychain = options.keychain;
    this.scryptCost = options.scryptCost;
  }

  async status(): Promise<WorkspaceStatus> {
    const described = await this.describe();
    return {
      state: this.workspace !== null ? 'open' : described === null ? 'none' : 'locked',
      path: this.path,
      keySource: described === null || described instanceof AttuneError ? null : described.key.source,
      keychainAvailable: await this.keychain.available(),
      error: this.failure ?? (described instanceof AttuneError ? described.toData() : null),
    };
  }

  /** Makes the workspace and opens it. Throws 'workspace-exists', 'passphrase-weak', 'keychain-unavailable', 'disk-full', … */
  create(key: WorkspaceKey): Promise<WorkspaceStatus> {
    return this.inTurn(async () => {
      await refuseOccupied(this.path);
      const id = newWorkspaceId();
      const master = newMasterKey();
      const record = await sealMasterKey(master, id, key, this.keychain, this.scryptCost).catch(
        (thrown: unknown) => {
          master.fill(0);
          throw thrown;
        },
      );
      const keys = new WorkspaceKeys(master);
      let lock: LockFile;
      try {
        await buildWorkspace(this.path, keys, descriptionText(id, record), this.database);
        lock = await LockFile.take(this.lockPath(), workspaceInUse);
      } catch (thrown) {
        keys.forget();
        throw thrown;
      }
      await this.enter(lock, keys, 'workspace-created');
    });
  }

  /** Throws 'workspace-none', 'workspace-in-use', 'workspace-from-future', 'workspace-damaged', 'passphrase-wrong', … with everything as it was. */
  open(key: WorkspaceKey): Promise<WorkspaceStatus> {
    return this.inTurn(async () => {
      if (this.workspace !== null) return;
      const described = await readDescription(this.descriptionPath());
      if (described === null) throw workspaceNone();
      const lock = await LockFile.take(this.lockPath(), workspaceInUse);
      let keys: WorkspaceKeys;
      try {
        keys = new WorkspaceKeys(await openMasterKey(described, key, this.keychain));
      } catch (thrown) {
        await lock.release();
        throw thrown;
      }
      await this.enter(lock, keys, 'workspace-opened');
    });
  }

  /** Ends work under way, closes the database, revokes every media address and forgets the keys. */
  lock(): Promise<WorkspaceStatus> {
    return this.inTurn(async () => {
      const workspace = this.workspace;
      if (workspace === null) return;
      for (const locker of this.lockers) await locker();
      this.workspace = null;
      await workspace.close();
    });
  }

  /** The open workspace. Throws 'workspace-locked' or 'workspace-none'. */
  opened(): OpenWorkspace {
    if (this.workspace !== null) return this.workspace;
    throw existsSync(this.descriptionPath()) ? workspaceLocked() : workspaceNone();
  }

  onChange(listener: (status: WorkspaceStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called and awaited when a workspace was opened, before anybody is told. */
  afterOpen(opener: () => Promise<void>): () => void {
    this.openers.add(opener);
    return () => this.openers.delete(opener);
  }

  /** Called and awaited while the workspace is still open: here jobs are cancelled. */
  beforeLock(locker: () => Promise<void>): () => void {
    this.lockers.add(locker);
    return () => this.lockers.delete(locker);
  }

  private async enter(lock: LockFile, keys: WorkspaceKeys, event: string): Promise<void> {
    const workspace = await OpenWorkspace.open(this.path, keys, lock, this.database);
    this.workspace = workspace;
    try {
      const at = new Date().toISOString();
      await workspace.database.call('audit.add', { at, kind: event, subjectId: null }).catch(unlessFull);
      for (const opener of this.openers) await opener();
    } catch (thrown) {
      this.workspace = null;
      await workspace.close();
      throw thrown;
    }
  }

  /** What lies at the path; an unreadable description as its error. */
  private async describe(): Promise<WorkspaceDescription | AttuneError | null> {
    try {
      return await readDescription(this.descriptionPath());
    } catch (thrown) {
      if (thrown instanceof AttuneError) return thrown;
      throw thrown;
    }
  }

  private inTurn(work: () => Promise<void>): Promise<WorkspaceStatus> {
    const run = this.turn.then(async () => {
      try {
        await work();
        this.failure = null;
      } catch (thrown) {
        this.failure = toErrorData(thrown);
        throw thrown;
      } finally {
        await this.tell();
      }
      return this.status();
    });
    this.turn = run.catch(() => undefined);
    return run;
  }

  private async tell(): Promise<void> {
    const status = await this.status();
    for (const listener of this.listeners) listener(status);
  }

  private descriptionPath(): string {
    return join(this.path, DESCRIPTION_NAME);
  }

  private lockPath(): string {
    return join(this.path, LOCK_NAME);
  }
}

/** On a full disk a workspace can still be read. */
function unlessFull(thrown: unknown): void {
  if (!(thrown instanceof AttuneError && thrown.code === 'disk-full')) throw thrown;
}

const workspaceNone = (): AttuneError =>
  new AttuneError('workspace-none', 'There is no workspace yet.', { remedy: 'Create one first.' });

const workspaceInUse = (): AttuneError =>
  new AttuneError('workspace-in-use', 'Another Attune has this workspace open.', {
    kept: 'Nothing was changed.',
    remedy: `Close it there first. If it surely runs nowhere, delete the file ${LOCK_NAME} in the workspace.`,
  });
