/** Create, open, lock; and every way in which opening is refused, with the workspace as it was. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WorkspaceStatus } from '#contract/workspace/status.ts';
import { noKeychain } from '#main/platform/keys/keychain.ts';
import { WorkspaceService } from '#main/services/workspace/workspace-service.ts';
import {
  PASSPHRASE,
  SIDE_FILES,
  codeOf,
  databaseInProcess,
  keychainInMemory,
  openWorkspace,
  snapshot,
  temporaryFolder,
  workspaceAt,
} from '../fixtures/workspace.ts';

const key = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
const newPath = (): string => join(temporaryFolder(), 'my workspace');

/** A locked workspace with something in it. */
async function locked(): Promise<string> {
  const path = newPath();
  const service = await openWorkspace(path);
  await service
    .opened()
    .database.call('view.set', { view: { panel: 'library', sessionId: null, timeMs: 7 } });
  await service.opened().media.write('00'.repeat(16), [Buffer.from('recorded')]);
  await service.lock();
  return path;
}

/** Nothing but what reading leaves beside a database may differ. */
async function refusedUntouched(path: string, passphrase = PASSPHRASE): Promise<string> {
  const before = snapshot(path, SIDE_FILES);
  const service = workspaceAt(path);
  const code = await codeOf(service.open({ kind: 'passphrase', passphrase }));
  expect(snapshot(path, SIDE_FILES)).toEqual(before);
  const status = await service.status();
  expect(status.state).not.toBe('open');
  expect(status.error?.code).toBe(code);
  return code;
}

test('from none to open, locked, and open again, with what was stored', async () => {
  const path = newPath();
  const service = workspaceAt(path);
  expect(await service.status()).toMatchObject({ state: 'none', keySource: null, error: null });
  expect(await codeOf(service.open(key))).toBe('workspace-none');
  const told: WorkspaceStatus['state'][] = [];
  service.onChange((status) => told.push(status.state));

  expect(await service.create(key)).toMatchObject({ state: 'open', keySource: 'passphrase', error: null });
  await service.opened().media.write('ab'.repeat(16), [Buffer.from('recorded')]);
  expect(await service.lock()).toMatchObject({ state: 'locked' });
  expect(() => service.opened()).toThrow('locked');
  expect(await service.open(key)).toMatchObject({ state: 'open' });
  expect((await service.opened().media.readAll('ab'.repeat(16))).toString()).toBe('recorded');
  const { events } = await service.opened().database.call('audit.list', { limit: 10 });
  expect(events.map(({ kind }) => kind)).toEqual(['workspace-opened', 'workspace-created']);
  expect(told).toEqual(['open', 'locked', 'open']);
});

test('workspace.json holds what opening needs, and nothing else', async () => {
  const path = newPath();
  const service = new WorkspaceService({ path, database: databaseInProcess(), keychain: noKeychain });
  await service.create(key);
  await service.lock();
  const description = JSON.parse(readFileSync(join(path, 'workspace.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  expect(Object.keys(description)).toEqual(['format', 'version', 'id', 'key']);
  expect(description['key']).toMatchObject({
    source: 'passphrase',
    scrypt: { cost: 131_072, blockSize: 8, parallelization: 1 },
  });
  expect(readFileSync(join(path, 'workspace.db')).includes('SQLite format')).toBe(false);
});

test('a passphrase counts as typed, however its accents are composed', async () => {
  const path = newPath();
  const service = workspaceAt(path);
  await service.create({ kind: 'passphrase', passphrase: 'cafe\u0301 au lait 7' });
  await service.lock();
  expect(await service.open({ kind: 'passphrase', passphrase: 'caf\u00e9 au lait 7' })).toMatchObject({
    state: 'open',
  });
});

describe('refused, and nothing overwritten', () => {
  test('wrong passphrase', async () => {
    const path = await locked();
    expect(await refusedUntouched(path, 'four unrelated little worlds')).toBe('passphrase-wrong');
    expect(existsSync(join(path, 'workspace.lock'))).toBe(false);
  });

  test('a damaged wrapped key looks the same as a wrong passphrase', async () => {
    const path = await locked();
    edit(path, (d) => (d.key.wrapped = (d.key.wrapped.startsWith('A') ? 'B' : 'A') + d.key.wrapped.slice(1)));
    expect(await refusedUntouched(path)).toBe('passphrase-wrong');
  });

  test('scrypt parameters that were weakened', async () => {
    const path = await locked();
    edit(path, (d) => (d.key.scrypt.cost = 2 ** 15));
    expect(await refusedUntouched(path)).toBe('passphrase-wrong');
    edit(path, (d) => (d.key.scrypt.cost = 2));
    expect(await refusedUntouched(path)).toBe('workspace-damaged');
  });

  test.each(['short', 'aaaaaaaaaaaa', '12345678', 'abcdefghij'])(
    'a weak passphrase: %s',
    async (passphrase) => {
      const path = newPath();
      expect(await codeOf(workspaceAt(path).create({ kind: 'passphrase', passphrase }))).toBe(
        'passphrase-weak',
      );
      expect(existsSync(path)).toBe(false);
    },
  );

  test('a workspace from the future', async () => {
    const path = await locked();
    edit(path, (d) => {
      d.version = 2;
      d.key.source = 'something new';
    });
    expect(await refusedUntouched(path)).toBe('workspace-from-future');
  });

  test('a description that is cut', async () => {
    const path = await locked();
    truncateSync(join(path, 'workspace.json'), 60);
    expect(await refusedUntouched(path)).toBe('workspace-damaged');
  });

  test('a damaged page', async () => {
    const path = await locked();
    const database = readFileSync(join(path, 'workspace.db'));
    database[2 * 4096 + 77]! ^= 1;
    writeFileSync(join(path, 'workspace.db'), database);
    expect(await refusedUntouched(path)).toBe('workspace-damaged');
  });

  test.each([0, 100, 4096 * 3])('a database cut to %i bytes', async (length) => {
    const path = await locked();
    truncateSync(join(path, 'workspace.db'), length);
    expect(await refusedUntouched(path)).toBe('workspace-damaged');
  });

  test('a database that is gone is not made anew', async () => {
    const path = await locked();
    rmSync(join(path, 'workspace.db'));
    expect(await refusedUntouched(path)).toBe('workspace-damaged');
    expect(existsSync(join(path, 'workspace.db'))).toBe(false);
  });

  test('creating over a workspace, or over a database whose description is gone', async () => {
    const path = await locked();
    const before = snapshot(path, SIDE_FILES);
    expect(await codeOf(workspaceAt(path).create(key))).toBe('workspace-exists');
    rmSync(join(path, 'workspace.json'));
    expect(await codeOf(workspaceAt(path).create(key))).toBe('workspace-exists');
    delete before['workspace.json'];
    expect(snapshot(path, SIDE_FILES)).toEqual(before);
  });
});

describe('one instance at a time', () => {
  test('a second one is refused, also in another process, until the first locks', async () => {
    const path = newPath();
    const first = await openWorkspace(path);
    const before = snapshot(path, SIDE_FILES);
    expect(await codeOf(workspaceAt(path).open(key))).toBe('workspace-in-use');
    expect(await openElsewhere(path)).toBe('workspace-in-use');
    expect(snapshot(path, SIDE_FILES)).toEqual(before);
    await first.lock();
    expect(await openElsewhere(path)).toBe('open');
  });

  test('a lock left by a killed process, or by a later process of the same number, is stale', async () => {
    const path = await locked();
    const gone = { pid: 2 ** 22 - 7, host: hostname(), processStart: null, takenAt: Date.now() };
    writeFileSync(join(path, 'workspace.lock'), JSON.stringify(gone));
    const service = workspaceAt(path);
    expect(await service.open(key)).toMatchObject({ state: 'open' });
    await service.lock();

    const before = { pid: process.pid, host: hostname(), processStart: '1', takenAt: Date.now() };
    writeFileSync(join(path, 'workspace.lock'), JSON.stringify(before));
    expect(await workspaceAt(path).open(key)).toMatchObject({
      state: process.platform === 'linux' ? 'open' : 'locked',
    });
  });

  test('a lock from before the system started is stale', async () => {
    const path = await locked();
    const ancient = { pid: process.pid, host: hostname(), processStart: null, takenAt: 1 };
    writeFileSync(join(path, 'workspace.lock'), JSON.stringify(ancient));
    expect(await workspaceAt(path).open(key)).toMatchObject({ state: 'open' });
  });

  test('a lock of another machine, or one that is not understood, is respected', async () => {
    const path = await locked();
    const elsewhere = { pid: 1, host: 'another-machine', processStart: null, takenAt: Date.now() };
    for (const text of [JSON.stringify(elsewhere), 'something else']) {
      writeFileSync(join(path, 'workspace.lock'), text);
      expect(await refusedUntouched(path)).toBe('workspace-in-use');
    }
  });

  test('without a lock file the database itself refuses a second one', async () => {
    const path = newPath();
    await openWorkspace(path);
    rmSync(join(path, 'workspace.lock'));
    expect(await openElsewhere(path)).toBe('workspace-in-use');
  });
});

describe("the system's key store", () => {
  test('opens with the store that made it, and with no other', async () => {
    const path = newPath();
    const keychain = keychainInMemory();
    const service = workspaceAt(path, databaseInProcess(), keychain);
    expect(await service.create({ kind: 'keychain' })).toMatchObject({
      state: 'open',
      keySource: 'keychain',
    });
    await service.lock();
    expect(await service.open({ kind: 'keychain' })).toMatchObject({ state: 'open' });
    await service.lock();
    const before = snapshot(path, SIDE_FILES);
    const other = workspaceAt(path, databaseInProcess(), keychainInMemory());
    expect(await codeOf(other.open({ kind: 'keychain' }))).toBe('keychain-unavailable');
    expect(await codeOf(workspaceAt(path).open({ kind: 'keychain' }))).toBe('keychain-unavailable');
    expect(await codeOf(service.open(key))).toBe('argument-invalid');
    expect(snapshot(path, SIDE_FILES)).toEqual(before);
  });

  test('is proven before anything is made', async () => {
    const broken = { ...keychainInMemory(), unprotect: () => Promise.resolve(Buffer.alloc(32)) };
    const path = newPath();
    const service = workspaceAt(path, databaseInProcess(), broken);
    expect(await codeOf(service.create({ kind: 'keychain' }))).toBe('keychain-unavailable');
    expect(existsSync(path)).toBe(false);
  });
});

test('a crash while a workspace is made leaves its place free', async () => {
  const path = newPath();
  const database = databaseInProcess();
  const dying = {
    call: ((task: string, params: never) =>
      task === 'database.close'
        ? Promise.reject(new Error('killed'))
        : database.call(task as 'database.create', params)) as typeof database.call,
  };
  await expect(workspaceAt(path, dying).create(key)).rejects.toThrow('killed');
  expect(existsSync(path)).toBe(false);
  mkdirSync(path);
  expect(await workspaceAt(path).create(key)).toMatchObject({ state: 'open' });
});

/** What another process gets when it opens the workspace. */
async function openElsewhere(path: string): Promise<string> {
  const child = fork(join(import.meta.dirname, '../fixtures/open-workspace.ts'), [path, PASSPHRASE], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [answer] = (await once(child, 'message')) as [string];
  if (child.exitCode === null) await once(child, 'exit');
  return answer;
}

interface Description {
  version: number;
  key: { source: string; wrapped: string; scrypt: { cost: number } };
}
function edit(path: string, change: (description: Description) => void): void {
  const file = join(path, 'workspace.json');
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
  change(description);
  writeFileSync(file, JSON.stringify(description));
}
