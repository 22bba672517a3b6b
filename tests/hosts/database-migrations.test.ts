/** One test a migration: what the version before held is still there, and what is new works. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { expect, onTestFinished, test } from 'vitest';
import { createDatabase, openDatabase } from '#main/hosts/database/connection.ts';
import { DATABASE_VERSION, MIGRATIONS, migrate } from '#main/hosts/database/migrations/all.ts';
import { codeOf, databaseInProcess, temporaryFolder } from '../fixtures/workspace.ts';

const key = randomBytes(32);

/** A database as the given version left it. */
function atVersion(
  version: number,
  path = join(temporaryFolder(), 'workspace.db'),
): { db: Database; path: string } {
  const db = new Database(path);
  db.pragma("cipher = 'chacha20'");
  db.key(Buffer.concat([Buffer.from('raw:'), key]));
  db.pragma('foreign_keys = ON');
  migrate(db, 0, version);
  onTestFinished(() => void db.close());
  return { db, path };
}

const SESSION = `INSERT INTO sessions VALUES ('s', 'Talk', NULL, '2026-01-01', 0)`;
const RECORDING = `INSERT INTO recordings VALUES ('r', 's', 'a.wav', 1, 'ab', '{}', 9, 'imported', NULL, '2026-01-01', 'f')`;
const RUN = `INSERT INTO analysis_runs VALUES ('a', 'r', '2026-01-01', '{}', '[]', 'cd', 'g', 'ef', 3, '[]')`;
const count = (db: Database, table: string): unknown =>
  db.prepare(`SELECT count(*) AS n FROM ${table}`).get();

test('the files are numbered without a gap, and each has its test here', () => {
  expect(MIGRATIONS.map(({ name }) => name)).toEqual([
    'library',
    'analysis',
    'care',
    'transcript-edits',
    'texts',
    'known-voices',
  ]);
});

test('1, library: recordings belong to sessions, sessions to participants', () => {
  const { db } = atVersion(1);
  expect(() => db.exec(RECORDING)).toThrow('FOREIGN KEY');
  db.exec(`${SESSION}; ${RECORDING}`);
  expect(() => db.exec(`UPDATE recordings SET state = 'lost'`)).toThrow('CHECK');
  expect(() => db.exec(`UPDATE sessions SET participant_id = 'nobody'`)).toThrow('FOREIGN KEY');
  expect(() => db.exec(`DELETE FROM sessions`)).toThrow('FOREIGN KEY');
});

test('2, analysis: recordings are kept; a recording has one analysis, which goes with it', () => {
  const { db } = atVersion(1);
  db.exec(`${SESSION}; ${RECORDING}`);
  migrate(db, 1, 2);
  db.exec(RUN);
  db.exec(`INSERT INTO transcripts VALUES ('r', 'h')`);
  expect(() => db.exec(RUN.replace(`'a'`, `'b'`).replace(`'g'`, `'i'`))).toThrow('UNIQUE');
  expect(count(db, 'recordings')).toEqual({ n: 1 });
  db.exec(`DELETE FROM recordings`);
  expect(count(db, 'analysis_runs')).toEqual({ n: 0 });
  expect(count(db, 'transcripts')).toEqual({ n: 0 });
});

test('3, care: analyses are kept; there is one view, and a list of events', () => {
  const { db } = atVersion(2);
  db.exec(`${SESSION}; ${RECORDING}; ${RUN}`);
  migrate(db, 2, 3);
  expect(count(db, 'analysis_runs')).toEqual({ n: 1 });
  db.exec(`INSERT INTO view_state VALUES (1, '{}')`);
  expect(() => db.exec(`INSERT INTO view_state VALUES (2, '{}')`)).toThrow('CHECK');
  db.exec(`INSERT INTO audit_events (at, kind) VALUES ('2026-01-01', 'workspace-opened')`);
});

test('4, transcript edits: what was there is kept; edits are never changed, and go with their recording', () => {
  const { db } = atVersion(3);
  db.exec(`${SESSION}; ${RECORDING}; ${RUN}`);
  migrate(db, 3, 4);
  expect(count(db, 'analysis_runs')).toEqual({ n: 1 });
  db.exec(`INSERT INTO transcript_documents VALUES ('r', 1, '[]', '{}')`);
  db.exec(`INSERT INTO transcript_items VALUES ('r', 'utterance', 'u', '{}')`);
  const edit = `INSERT INTO transcript_edits VALUES ('r', 1, '2026-01-01', 'Ann', 'edit', NULL, '{}', '{}')`;
  db.exec(edit);
  expect(() => db.exec(edit)).toThrow('UNIQUE');
  expect(() => db.exec(`UPDATE transcript_edits SET annotator = 'Eve'`)).toThrow('never changed');
  expect(() => db.exec(`INSERT INTO transcript_items VALUES ('r', 'thing', 'u', '{}')`)).toThrow('CHECK');
  db.exec(`DELETE FROM recordings`);
  for (const table of ['documents', 'items', 'edits'])
    expect(count(db, `transcript_${table}`)).toEqual({ n: 0 });
});

test('5, texts: sessions are kept; a collection may wait for its session, and its rows go with it', () => {
  const { db } = atVersion(4);
  db.exec(`${SESSION}; ${RECORDING}`);
  migrate(db, 4, 5);
  expect(count(db, 'recordings')).toEqual({ n: 1 });
  const collection = (id: number, session: string): string =>
    `INSERT INTO text_collections VALUES (${id}, ${session}, '{}', '{}', 'imported', NULL, 1, 0, 0, NULL, NULL, '[]', '[]')`;
  db.exec(
    `${collection(1, 'NULL')}; ${collection(2, 'NULL')}; INSERT INTO sessions VALUES ('t', 'Texts', NULL, '2026-01-01', 0); ${collection(3, `'t'`)}`,
  );
  expect(() => db.exec(collection(4, `'t'`))).toThrow('UNIQUE');
  expect(() => db.exec(collection(4, `'nobody'`))).toThrow('FOREIGN KEY');
  db.exec(`INSERT INTO text_rows (collection_id, seq, file_row, author_id, topic_id) VALUES (3, 1, 2, 0, 0)`);
  expect(() => db.exec(`UPDATE text_rows SET reads_as = 8`)).toThrow('CHECK');
  db.exec(
    `INSERT INTO text_bodies VALUES (3, 1, 'words'); INSERT INTO text_names VALUES (1, 3, 'author', 'Ann')`,
  );
  db.exec(`DELETE FROM sessions WHERE id = 't'`);
  for (const table of ['rows', 'bodies', 'names']) expect(count(db, `text_${table}`)).toEqual({ n: 0 });
  expect(count(db, 'text_collections')).toEqual({ n: 2 });
});

test('6, known voices: what was there is kept; a voice goes with its participant', () => {
  const { db } = atVersion(5);
  db.exec(`${SESSION}; ${RECORDING}; INSERT INTO participants VALUES ('p', 'P01', '2026-01-01')`);
  migrate(db, 5, 6);
  expect(count(db, 'recordings')).toEqual({ n: 1 });
  const voice = `INSERT INTO known_voices VALUES ('v', 'p', 'Anna', '2026-01-01', 9000, 'm', x'00000000')`;
  db.exec(voice);
  expect(() => db.exec(voice.replace(`'v'`, `'w'`))).toThrow('UNIQUE');
  expect(() => db.exec(voice.replace(`'v', 'p'`, `'w', 'nobody'`))).toThrow('FOREIGN KEY');
  db.exec(`DELETE FROM participants`);
  expect(count(db, 'known_voices')).toEqual({ n: 0 });
});

test('an older database is brought up when it is opened, a new one is made at the newest version', () => {
  const { db, path } = atVersion(1);
  db.exec(`${SESSION}; ${RECORDING}`);
  db.close();
  const opened = openDatabase(path, key);
  onTestFinished(() => void opened.db.close());
  expect(opened.migratedFrom).toBe(1);
  expect(opened.db.pragma('user_version', { simple: true })).toBe(DATABASE_VERSION);
  expect(count(opened.db, 'recordings')).toEqual({ n: 1 });

  const fresh = createDatabase(join(temporaryFolder(), 'workspace.db'), key);
  onTestFinished(() => void fresh.close());
  expect(fresh.pragma('user_version', { simple: true })).toBe(DATABASE_VERSION);
  const shape = (d: Database): unknown =>
    d.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all();
  expect(shape(fresh)).toEqual(shape(opened.db));
});

test('a migration that fails takes back all of its step', () => {
  const { db } = atVersion(1);
  db.exec('CREATE TABLE transcripts (in_the_way INTEGER)');
  expect(() => migrate(db, 1)).toThrow('already exists');
  expect(db.pragma('user_version', { simple: true })).toBe(1);
  expect(db.prepare(`SELECT name FROM sqlite_master WHERE name = 'analysis_runs'`).get()).toBeUndefined();
});

test('a database from the future is refused and not touched', async () => {
  const { db, path } = atVersion(DATABASE_VERSION);
  db.pragma(`user_version = ${DATABASE_VERSION + 1}`);
  db.exec('CREATE TABLE from_the_future (x)');
  db.close();
  const before = readFileSync(path);
  expect(await codeOf(databaseInProcess().call('database.open', { path, key }))).toBe(
    'workspace-from-future',
  );
  expect(readFileSync(path).equals(before)).toBe(true);
});
