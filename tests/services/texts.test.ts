/** Tables, chats and plain text from the file to the figures: real files, real workspaces, real models. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { AS_FOUND } from '#contract/texts/choice.ts';
import type { TextItem } from '#contract/texts/collection.ts';
import { EVERY_TEXT } from '#contract/texts/query.ts';
import type { Engine } from '#main/engine.ts';
import { LibraryService } from '#main/services/library/library-service.ts';
import { predictText } from '#main/services/prediction/predict-text.ts';
import { CsvReader, fromCell } from '#models/transcript/file/csv.ts';
import { testEngine } from '../fixtures/engine.ts';
import { bringTexts, textsOn, type TextsParts } from '../fixtures/texts-service.ts';
import { codeOf, openWorkspace, PASSPHRASE, temporaryFolder, workspaceAt } from '../fixtures/workspace.ts';

const key = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.dispose());

function fileWith(content: string, name = 'comments.csv'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}
const SAID = [
  'I love this so much, thank you!',
  'This makes me furious.',
  'It arrived on Tuesday.',
  'I am so sad today.',
];
const comments = (count: number): string =>
  `Date,User,Comment\n${Array.from({ length: count }, (_, i) => `2025-01-${String((i % 28) + 1).padStart(2, '0')},u${i % 5},"${SAID[i % 4]!} ${i}"`).join('\n')}\n`;

const everyItem = async ({ texts }: TextsParts, sessionId: string): Promise<TextItem[]> =>
  (await texts.items(sessionId, EVERY_TEXT, { offset: 0, limit: 1000 })).items;

/** What `attune predict text` gives for the same rows. */
async function predicted(rows: { text: string; context?: string[] }[]) {
  // eslint-disable-next-line @typescript-eslint/require-await -- lines of a file
  async function* lines() {
    for (const [id, row] of rows.entries()) yield JSON.stringify({ id, ...row });
  }
  const all = [];
  for await (const row of predictText(lines(), engine, new AbortController().signal)) all.push(row);
  return all;
}

test('a table is read as the models read its texts one by one, and goes out as CSV that runs nothing', async () => {
  const parts = textsOn(await openWorkspace(), engine);
  const formula = `${comments(40)}2025-02-01,"=1+1","@SUM(A1) I am afraid, ""really"""\n2025-02-01,u1,\n`;
  const sessionId = await bringTexts(parts, fileWith(formula));
  expect(await parts.texts.collection(sessionId)).toMatchObject({
    ...{ state: 'analysed', count: 41, read: 41, failed: 0, authors: 6 },
    leftOut: { empty: 1, tooLong: 0, timesUnreadable: 0 },
    source: { context: 'alone', columns: { text: 'Comment', time: 'Date', author: 'User', topic: null } },
  });
  const items = await everyItem(parts, sessionId);
  const rows = await predicted(items.map(({ text }) => ({ text })));
  for (const [i, { reading }] of items.entries()) {
    const row = rows[i]!;
    if ('error' in row) throw new Error('A text was not read.');
    expect(reading!.confidence).toBeCloseTo(row.confidence, 3);
    expect(reading!.dimensions.valence!.mean).toBeCloseTo(row.vad.valence!.mean, 3);
  }
  const first = await parts.texts.csv(sessionId, EVERY_TEXT, { offset: 0, limit: 30 });
  const rest = await parts.texts.csv(sessionId, EVERY_TEXT, { offset: 30, limit: 30 });
  expect([first.more, rest.more]).toEqual([true, false]);
  const text = first.text + rest.text;
  expect(text.startsWith('\uFEFFrow,time,')).toBe(true);
  expect(text).toContain(`'=1+1,`);
  const reader = new CsvReader(',');
  const lines = [...reader.push(text), ...reader.finish()];
  expect(lines).toHaveLength(42);
  expect(fromCell(lines[41]!.cells[4]!)).toBe('@SUM(A1) I am afraid, "really"');
});

test('a chat is read with what was said before in it', async () => {
  const parts = textsOn(await openWorkspace(), engine);
  const chat = Array.from(
    { length: 9 },
    (_, i) => `1${i}/03/2024, 10:15 - ${i % 2 ? 'Ben' : 'Ann'}: message ${i}`,
  );
  const sessionId = await bringTexts(parts, fileWith(chat.join('\n'), 'chat.txt'));
  expect(parts.given).toHaveLength(9);
  // Given at all, even empty: a chat's first message is a turn of talk, too.
  expect(parts.given[0]!.context).toEqual([]);
  expect(parts.given[8]).toMatchObject({
    text: 'message 8',
    context: ['message 2', 'message 3', 'message 4', 'message 5', 'message 6', 'message 7'],
  });
  expect((await parts.texts.trend(sessionId, EVERY_TEXT)).by).toBe('time');
});

test('kill -9 while texts are read: what was read stays, the next run reads the rest and nothing twice', async () => {
  const path = join(temporaryFolder(), 'workspace');
  await (await openWorkspace(path)).lock();
  const file = fileWith(comments(400));
  const child = fork(
    join(import.meta.dirname, '../fixtures/read-texts-and-hang.ts'),
    [path, PASSPHRASE, file, '120'],
    { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const [read] = (await once(child, 'message')) as [number];
  child.kill('SIGKILL');
  await once(child, 'exit');

  const workspace = workspaceAt(path);
  await workspace.open(key);
  const library = new LibraryService({ workspace, tools: engine.media, cacheLimitMiB: () => 64 });
  const [session] = await library.list('');
  expect(session).toMatchObject({ texts: 400, state: 'imported' });
  const parts = textsOn(workspace, engine);
  const before = await parts.texts.collection(session!.id);
  expect(before.read).toBe(read);
  const kept = await everyItem(parts, session!.id);
  const { state } = await parts.jobs.whenEnded((await parts.texts.read(session!.id)).id);
  expect(state).toBe('succeeded');
  expect(parts.given.map(({ text }) => text)).toEqual(kept.slice(read).map(({ text }) => text));
  const after = await everyItem(parts, session!.id);
  expect(after.slice(0, read)).toEqual(kept.slice(0, read));
  expect(after.every(({ reading }) => reading !== null)).toBe(true);
  expect(await parts.texts.collection(session!.id)).toMatchObject({ state: 'analysed', read: 400 });
});

test('cancelling keeps what was read; reading goes on from there; removing in the middle leaves nothing', async () => {
  const workspace = await openWorkspace();
  const parts = textsOn(workspace, engine);
  const { previewId, guess } = await parts.texts.look({ kind: 'path', path: fileWith(comments(400)) });
  await parts.jobs.whenEnded(parts.texts.import(previewId, { title: 'c', ...guess }).id);
  const [sessionId] = parts.shown as [string];
  const job = await parts.texts.read(sessionId);
  const far = new Promise<void>((resolve) => {
    parts.jobs.onChange(({ id, fraction }) => id === job.id && fraction > 0.1 && resolve());
  });
  await far;
  parts.jobs.cancel(job.id);
  expect((await parts.jobs.whenEnded(job.id)).state).toBe('cancelled');
  const { read, state } = await parts.texts.collection(sessionId);
  expect(state).toBe('imported');
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(400);
  const given = parts.given.length;
  await parts.jobs.whenEnded((await parts.texts.read(sessionId)).id);
  expect(parts.given[given]!.text).toBe((await everyItem(parts, sessionId))[read]!.text);

  const library = new LibraryService({ workspace, tools: engine.media, cacheLimitMiB: () => 64 });
  await library.remove(sessionId);
  expect(await library.list('')).toEqual([]);
  expect(await codeOf(parts.texts.collection(sessionId))).toBe('record-not-found');
});

describe('bad input stores nothing', () => {
  test('a file that grows after it was looked at', async () => {
    const parts = textsOn(await openWorkspace(), engine);
    const file = fileWith(comments(20));
    const { previewId, guess } = await parts.texts.look({ kind: 'path', path: file });
    appendFileSync(file, '2025-01-01,u,more\n');
    const { id } = parts.texts.import(previewId, { title: 'c', ...guess });
    expect((await parts.jobs.whenEnded(id)).error?.code).toBe('file-changed');
    expect(parts.shown).toEqual([]);
  });

  test('an empty column, a preview that is gone, a file that is none', async () => {
    const parts = textsOn(await openWorkspace(), engine);
    const { previewId, guess } = await parts.texts.look({
      kind: 'path',
      path: fileWith('a,text\n,words here\n'),
    });
    const columns = { ...guess.columns, text: 0 };
    const { id } = parts.texts.import(previewId, { title: 'c', ...guess, columns });
    expect((await parts.jobs.whenEnded(id)).error?.code).toBe('texts-not-recognised');
    expect(await codeOf(parts.texts.lookAgain(previewId, AS_FOUND))).toBe('file-not-found');
    expect(await codeOf(parts.texts.look({ kind: 'path', path: '/nowhere/at.csv' }))).toBe('file-not-found');
    expect(await codeOf(parts.texts.look({ kind: 'path', path: fileWith('', 'a.csv') }))).toBe('file-empty');
  });
});

test('an upload of the browser window is looked at twice, stored, and gone afterwards', async () => {
  const path = join(temporaryFolder(), 'workspace');
  const parts = textsOn(await openWorkspace(path), engine);
  // eslint-disable-next-line @typescript-eslint/require-await -- a body as it comes in
  async function* body() {
    yield Buffer.from(comments(12));
  }
  const { uploadId } = await parts.uploads.receive(body());
  const seen = await parts.texts.look({ kind: 'upload', uploadId, name: 'comments.csv' });
  expect(seen).toMatchObject({ rowCount: 12, heading: true });
  const again = await parts.texts.lookAgain(seen.previewId, { ...AS_FOUND, heading: false });
  expect(again).toMatchObject({ previewId: seen.previewId, rowCount: 13 });
  const staged = readdirSync(join(path, 'media'));
  expect(staged).toHaveLength(1);
  expect(readFileSync(join(path, 'media', staged[0]!)).includes('furious')).toBe(false);
  const { id } = parts.texts.import(seen.previewId, { title: 'c', ...seen.guess });
  expect((await parts.jobs.whenEnded(id)).state).toBe('succeeded');
  await expect.poll(() => readdirSync(join(path, 'media'))).toEqual([]);
  await parts.jobs.dispose();
});
