/** `attune analyze` on files of texts: a real process, with the numbers that the window shows. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EVERY_TEXT } from '#contract/texts/query.ts';
import type { TextsReport } from '#main/services/texts/report.ts';
import { testEngine } from '../fixtures/engine.ts';
import { textsOn } from '../fixtures/texts-service.ts';
import { openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

const root = path.resolve(import.meta.dirname, '../..');

function attune(cwd: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const temporary = path.join(cwd, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const env = { ...process.env, ATTUNE_HOME: path.join(cwd, 'home'), TMPDIR: temporary };
    execFile(
      process.execPath,
      [path.join(root, 'main/cli.ts'), ...args],
      { env, cwd },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}

const SAID = ['I love this so much!', 'This makes me furious.', 'It arrived on Tuesday.'];
const TABLE = `Date;User;Shop;Comment\n${Array.from({ length: 60 }, (_, i) => `0${(i % 3) + 1}/04/2025;u${i % 4};s${i % 2};${SAID[i % 3]!} ${i}`).join('\n')}\n`;

test('prints a summary, writes NAME.attune.json and NAME.csv with the window’s numbers, and leaves nothing else', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'comments.csv');
  writeFileSync(file, TABLE);
  const { code, stdout, stderr } = await attune(
    folder,
    'analyze',
    'comments.csv',
    '--topic-column',
    'Shop',
    '--out',
    'out',
  );
  expect({ code, stderr: /\[[a-z-]+\]/.exec(stderr) }).toEqual({ code: 0, stderr: null });
  expect(stdout).toContain('60 texts, column "Comment", each alone');
  expect(stdout).toContain('It does not diagnose.');
  expect(readdirSync(path.join(folder, 'out')).sort()).toEqual([
    'comments.csv.attune.json',
    'comments.csv.csv',
  ]);
  expect(readdirSync(path.join(folder, 'tmp')).filter((name) => name.startsWith('attune-'))).toEqual([]);
  expect(existsSync(path.join(folder, 'home', 'workspace'))).toBe(false);
  expect(readFileSync(path.join(folder, 'out/comments.csv.csv'), 'utf8').trim().split('\r\n')).toHaveLength(
    61,
  );
  const report = JSON.parse(
    readFileSync(path.join(folder, 'out/comments.csv.attune.json'), 'utf8'),
  ) as TextsReport;

  const engine = await testEngine();
  const parts = textsOn(await openWorkspace(), engine);
  const { previewId, guess } = await parts.texts.look({ kind: 'path', path: file });
  const columns = { ...guess.columns, topic: 2 };
  await parts.jobs.whenEnded(parts.texts.import(previewId, { title: 'c', ...guess, columns }).id);
  const [sessionId] = parts.shown as [string];
  await parts.jobs.whenEnded((await parts.texts.read(sessionId)).id);
  await engine.dispose();
  const request = { order: 'count', descending: true, limit: 1000 } as const;
  expect(report.all).toEqual(await parts.texts.summary(sessionId, EVERY_TEXT));
  expect(report.trend).toEqual(await parts.texts.trend(sessionId, EVERY_TEXT));
  expect(report.topics).toHaveLength(2);
  for (const by of ['author', 'topic'] as const)
    expect(report[`${by}s`]).toEqual(
      (await parts.texts.groups(sessionId, EVERY_TEXT, { ...request, by })).groups,
    );
}, 200_000);

test('a file of JSON lines read as a conversation, as JSON; the person’s date order counts', async () => {
  const folder = temporaryFolder();
  const row = (i: number): string =>
    JSON.stringify({ body: `${SAID[i % 3]!} ${i}`, when: `0${(i % 3) + 1}/04/2025` });
  writeFileSync(path.join(folder, 'a.jsonl'), Array.from({ length: 8 }, (_, i) => row(i)).join('\n'));
  const { code, stdout } = await attune(
    folder,
    ...['analyze', 'a.jsonl', '--context', 'conversation', '--dates', 'month-first', '--json'],
  );
  expect(code).toBe(0);
  const { collection } = JSON.parse(stdout) as TextsReport;
  expect(collection).toMatchObject({
    ...{ count: 8, read: 8, span: { fromMs: Date.UTC(2025, 0, 4), toMs: Date.UTC(2025, 2, 4) } },
    source: { context: 'conversation', columns: { text: 'body', time: 'when', author: null } },
  });
}, 100_000);

test('what doesn’t fit is said with its code, the row and the names there are', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'a.jsonl'), '{"text":"well then"}\n{"text":\n');
  writeFileSync(path.join(folder, 'b.csv'), 'who,said\nAnn,well then\n');
  const broken = await attune(folder, 'analyze', 'a.jsonl');
  expect(broken).toMatchObject({ code: 1, stdout: '' });
  expect(broken.stderr).toMatch(/a\.jsonl: Row 2: .*\[texts-invalid\]/s);
  const unknown = await attune(folder, 'analyze', 'b.csv', '--text-column', 'nothing');
  expect(unknown.stderr).toContain('There is no column "nothing". The file has "who", "said".');
  expect((await attune(folder, 'analyze', 'b.csv', '--dates', 'sometimes')).code).toBe(2);
  expect((await attune(folder, 'analyze', 'b.csv', '--heading', '--no-heading')).code).toBe(2);
}, 100_000);
