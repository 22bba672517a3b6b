/** The database host on real files: what is kept, what is refused, and that refusing changes nothing. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HostClient } from '#main/hosts/client.ts';
import { openDatabase } from '#main/hosts/database/connection.ts';
import { coded } from '#main/hosts/database/errors.ts';
import { repositories } from '#main/hosts/database/repositories/all.ts';
import type { DatabaseTasks, NewSession, StoredRecording } from '#main/hosts/database/tasks.ts';
import {
  codeOf,
  databaseInItsProcess,
  databaseInProcess,
  snapshot,
  temporaryFolder,
} from '../fixtures/workspace.ts';

const key = randomBytes(32);
const AT = '2026-01-02T03:04:05.000Z';

const newRecording = (id: string, name = `${id}.wav`): { session: NewSession; stored: StoredRecording } => ({
  session: { id: `s-${id}`, title: `Talk ${id}`, participant: null, createdAt: AT, sample: false },
  stored: {
    fileId: id.padStart(32, '0'),
    recording: {
      id,
      sessionId: `s-${id}`,
      name,
      bytes: 5,
      sha256: 'ab'.repeat(32),
      media: {
        format: 'wav',
        durationMs: 61_000,
        durationMeasured: false,
        audio: { index: 0, codec: 'pcm_s16le', channels: 1, sampleRateHz: 16_000 },
        video: null,
        playable: true,
      },
      state: 'imported',
      error: null,
      importedAt: AT,
    },
  },
});

async function created(
  database = databaseInProcess(),
): Promise<{ database: HostClient<DatabaseTasks>; path: string }> {
  const path = join(temporaryFolder(), 'workspace.db');
  await database.call('database.create', { path, key });
  return { database, path };
}
const add = (database: HostClient<DatabaseTasks>, id: string): Promise<unknown> =>
  database.call('recordings.add', { ...newRecording(id), at: AT });
const ids = async (database: HostClient<DatabaseTasks>): Promise<string[]> =>
  (await database.call('recordings.ids', {})).recordingIds;

describe('sessions and recordings', () => {
  test('are listed newest first, found whatever the case, renamed and removed with all that hangs on them', async () => {
    const { database } = await created();
    for (const [id, title, participant, createdAt] of [
      ['1', 'First talk', 'P-017', '2026-01-01T00:00:00.000Z'],
      ['2', 'Überfahrt 100% 心理', null, '2026-01-03T00:00:00.000Z'],
      ['3', 'Third', 'P-017', '2026-01-02T00:00:00.000Z'],
    ] as const) {
      const { session, stored } = newRecording(id);
      await database.call('recordings.add', {
        session: { ...session, title, participant, createdAt },
        stored,
        at: AT,
      });
    }
    const titles = async (query: string): Promise<string[]> =>
      (await database.call('sessions.list', { query })).sessions.map(({ title }) => title);
    expect(await titles('')).toEqual(['Überfahrt 100% 心理', 'Third', 'First talk']);
    expect(await titles('üBERFAHRT')).toEqual(['Überfahrt 100% 心理']);
    expect(await titles('心')).toEqual(['Überfahrt 100% 心理']);
    expect(await titles('0%')).toEqual(['Überfahrt 100% 心理']);
    expect(await titles('p-017')).toEqual(['Third', 'First talk']);
    expect(await titles('3.WAV')).toEqual(['Third']);
    expect(await titles('nothing like it')).toEqual([]);

    const renamed = await database.call('sessions.rename', {
      sessionId: 's-3',
      title: 'Last',
      participant: 'P-018',
      at: AT,
    });
    expect(renamed).toMatchObject({
      title: 'Last',
      participant: 'P-018',
      durationMs: 61_000,
      state: 'imported',
    });
    const removed = await database.call('sessions.remove', { sessionId: 's-3', at: AT });
    expect(removed).toEqual({
      files: [{ store: 'media', fileId: '3'.padStart(32, '0') }],
      recordingIds: ['3'],
    });
    expect((await database.call('files.planned', {})).files).toEqual(removed.files);
    expect(await codeOf(database.call('sessions.get', { sessionId: 's-3' }))).toBe('record-not-found');
    expect(await codeOf(database.call('recordings.get', { recordingId: '3' }))).toBe('record-not-found');
    expect(await codeOf(database.call('sessions.remove', { sessionId: 's-3', at: AT }))).toBe(
      'record-not-found',
    );
    expect(await ids(database)).toEqual(['1', '2']);
  });

  test('a task that fails in the middle leaves nothing of itself', async () => {
    const { database } = await created();
    await add(database, '1');
    const again = newRecording('2');
    again.stored.fileId = newRecording('1').stored.fileId;
    await expect(database.call('recordings.add', { ...again, at: AT })).rejects.toThrow('UNIQUE');
    expect((await database.call('sessions.list', { query: '' })).sessions).toHaveLength(1);
    expect((await database.call('audit.list', { limit: 10 })).events).toHaveLength(1);
  });

  test('an analysis replaces the one before and names the file to delete', async () => {
    const { database } = await created();
    await add(database, '1');
    await database.call('recordings.setState', { recordingId: '1', state: 'analysing', error: null });
    const run = (fileId: string) => ({
      ...{ id: `run-${fileId}`, recordingId: '1', createdAt: AT, settings: '{}', models: '[]' },
      ...{ inputSha256: 'cd'.repeat(32), fileId, resultSha256: 'ef'.repeat(32), resultBytes: 9 },
      ribbon: ['anger', null, 'not-sure'],
    });
    await database.call('files.plan', { store: 'derived', fileId: 'f1' });
    expect(await database.call('analysis.save', { run: run('f1'), at: AT })).toEqual({ replaced: [] });
    expect((await database.call('files.planned', {})).files).toEqual([]);
    const replaced = [{ store: 'derived', fileId: 'f1' }];
    expect(await database.call('analysis.save', { run: run('f2'), at: AT })).toEqual({ replaced });
    expect((await database.call('files.planned', {})).files).toEqual(replaced);
    expect((await database.call('analysis.get', { recordingId: '1' })).run).toEqual(run('f2'));
    expect((await database.call('sessions.get', { sessionId: 's-1' })).session).toMatchObject({
      state: 'analysed',
      ribbon: ['anger', null, 'not-sure'],
    });
    await database.call('recordings.setState', { recordingId: '1', state: 'analysing', error: null });
    await add(database, '2');
    await database.call('recordings.setState', { recordingId: '2', state: 'analysing', error: null });
    expect(await database.call('recordings.recover', {})).toEqual({ recovered: 2 });
    const recordingOf = async (recordingId: string) =>
      (await database.call('recordings.get', { recordingId })).recording;
    expect(await recordingOf('1')).toMatchObject({ state: 'analysed', error: null });
    expect(await recordingOf('2')).toMatchObject({
      ...{ state: 'imported', error: { code: 'analysis-interrupted' } },
    });
  });

  test('the view comes back', async () => {
    const { database, path } = await created();
    const view = { panel: 'session', sessionId: 's-1', timeMs: 12_345 };
    expect(await database.call('view.get', {})).toEqual({ view: null });
    await database.call('view.set', { view: { ...view, timeMs: 0 } });
    await database.call('view.set', { view });
    await database.call('database.close', {});
    await database.call('database.open', { path, key });
    expect(await database.call('view.get', {})).toEqual({ view });
  });
});

describe('refused, and nothing overwritten', () => {
  test('without an open database', async () => {
    expect(await codeOf(databaseInProcess().call('view.get', {}))).toBe('workspace-locked');
  });

  test('creating where there is a file', async () => {
    const { database, path } = await created();
    const before = snapshot(join(path, '..'));
    expect(await codeOf(databaseInProcess().call('database.create', { path, key }))).toBe('workspace-exists');
    expect(snapshot(join(path, '..'))).toEqual(before);
    expect(await database.call('view.get', {})).toEqual({ view: null });
  });

  test('a wrong key, with committed rows waiting in the write-ahead log', async () => {
    const { host, folder } = await killedWithLog();
    const path = join(folder, 'workspace.db');
    const rows = snapshot(folder, /-shm$/);
    expect(Object.keys(rows)).toEqual(['workspace.db', 'workspace.db-wal']);
    const wrong = databaseInProcess().call('database.open', { path, key: randomBytes(32) });
    expect(await codeOf(wrong)).toBe('workspace-damaged');
    expect(snapshot(folder, /-shm$/)).toEqual(rows);
    await host.call('database.open', { path, key });
    expect(await ids(host)).toEqual(['1', '2', '3']);
  });

  test('any flipped bit in any page', async () => {
    const { database, path } = await created();
    for (let i = 0; i < 30; i++) await add(database, String(i));
    await database.call('database.close', {});
    const whole = readFileSync(path);
    for (let page = 0; page < whole.length / 4096; page++) {
      const bytes = Buffer.from(whole);
      const at = page * 4096 + ((page * 997 + 16) % 4096);
      bytes[at] = bytes[at]! ^ 0x10;
      writeFileSync(path, bytes);
      const code = await codeOf(databaseInProcess().call('database.open', { path, key }));
      expect({ page, code }).toEqual({ page, code: 'workspace-damaged' });
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
    writeFileSync(path, whole);
    await database.call('database.open', { path, key });
    expect(await ids(database)).toHaveLength(30);
  });

  test('a database that another process has open', async () => {
    const { path } = await created();
    await created();
    const other = databaseInItsProcess();
    expect(await codeOf(other.call('database.open', { path, key }))).toBe('workspace-in-use');
  });
});

describe('a full disk', () => {
  test('is told by its own code, as SQLite reports it', async () => {
    const { database, path } = await created();
    await database.call('database.close', {});
    const { db } = openDatabase(path, key);
    onTestFinished(() => void db.close());
    const pages = db.pragma('page_count', { simple: true }) as number;
    db.pragma(`max_page_count = ${pages + 12}`);
    const { recordings, sessions } = repositories(db);
    const addBig = (id: string): void => {
      const { session, stored } = newRecording(id, 'x'.repeat(20_000));
      sessions.add(session, null);
      recordings.add(stored);
    };
    const write = (id: string): void => coded(() => db.transaction(() => addBig(id)).immediate());
    write('1');
    expect(await codeOf(Promise.resolve().then(() => ['2', '3', '4'].forEach(write)))).toBe('disk-full');
    const kept = recordings.ids();
    expect(sessions.list('', recordings.grouped(), new Map(), new Map())).toHaveLength(kept.length);
    db.pragma(`max_page_count = ${pages + 100}`);
    write('5');
    expect(recordings.ids()).toHaveLength(kept.length + 1);
  });

  test('is told, takes back the whole task, and goes on once there is room', async ({ skip }) => {
    const folder = join(temporaryFolder(), 'small');
    mkdirSync(folder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
      skip('needs the right to mount a small disk');
    }
    const database = databaseInProcess();
    onTestFinished(async () => {
      await database.call('database.close', {});
      execFileSync('umount', [folder]);
    });
    const path = join(folder, 'workspace.db');
    await database.call('database.create', { path, key });
    let added = 0;
    let code = '';
    for (; added < 1000 && code === ''; added++)
      code = await codeOf(add(database, String(added))).then((c) => (c === 'nothing thrown' ? '' : c));
    expect(code).toBe('disk-full');
    const kept = added - 1;
    expect(kept).toBeGreaterThan(3);
    expect(await ids(database)).toHaveLength(kept);
    execFileSync('mount', ['-o', 'remount,size=4m', folder]);
    await add(database, 'after');
    expect(await ids(database)).toHaveLength(kept + 1);
  });
});

describe('a host that is killed', () => {
  test('in the middle of writing loses nothing that it answered', async () => {
    const host = databaseInItsProcess();
    const path = join(temporaryFolder(), 'workspace.db');
    await host.call('database.create', { path, key });
    const answered: string[] = [];
    const writing = (async () => {
      for (let i = 0; ; i++) {
        const id = String(i).padStart(6, '0');
        await add(host, id);
        answered.push(id);
        if (i === 40) process.kill(host.status().pid!, 'SIGKILL');
      }
    })();
    expect(await codeOf(writing)).toBe('host-crashed');
    expect(answered.length).toBeGreaterThanOrEqual(41);
    // The next call starts it anew; it holds nothing open until it is told to.
    expect(await codeOf(host.call('view.get', {}))).toBe('workspace-locked');
    await host.call('database.open', { path, key });
    expect((await ids(host)).slice(0, answered.length)).toEqual(answered);
    await add(host, 'afterwards');
  });
});

/** A database whose host was killed before the log went into the main file. */
async function killedWithLog(): Promise<{ host: HostClient<DatabaseTasks>; folder: string }> {
  const host = databaseInItsProcess();
  const folder = temporaryFolder();
  const copy = temporaryFolder();
  await host.call('database.create', { path: join(folder, 'workspace.db'), key });
  for (const id of ['1', '2', '3']) await add(host, id);
  process.kill(host.status().pid!, 'SIGKILL');
  expect(existsSync(join(folder, 'workspace.db-wal'))).toBe(true);
  for (const name of ['workspace.db', 'workspace.db-wal']) copyFileSync(join(folder, name), join(copy, name));
  await codeOf(host.call('view.get', {}));
  return { host, folder: copy };
}
