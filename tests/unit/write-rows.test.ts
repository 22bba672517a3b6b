/** Where rows go: a whole file or none, and whatever else the name stands for. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeRows } from '#main/cli/write-rows.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-write-'));
const at = (name: string): string => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

async function* rows(count: number, failure?: Error): AsyncGenerator<object> {
  for (let id = 0; id < count; id++) yield await Promise.resolve({ id });
  if (failure) throw failure;
}

it('puts whole files where earlier ones were, or leaves those alone', async () => {
  writeFileSync(at('out.jsonl'), 'earlier');
  await expect(writeRows(rows(2, new Error('stopped')), at('out.jsonl'))).rejects.toThrow('stopped');
  expect(readFileSync(at('out.jsonl'), 'utf8')).toBe('earlier');
  await writeRows(rows(2), at('out.jsonl'));
  expect(readFileSync(at('out.jsonl'), 'utf8')).toBe('{"id":0}\n{"id":1}\n');
  expect(readdirSync(folder)).toEqual(['out.jsonl']);
});

it('says so when the file can’t take its name in the end', async () => {
  const taken = async function* (): AsyncGenerator<object> {
    yield* rows(1);
    mkdirSync(at('taken.jsonl'));
  };
  await expect(writeRows(taken(), at('taken.jsonl'))).rejects.toMatchObject({ code: 'output-not-writable' });
  expect(readdirSync(at('taken.jsonl'))).toEqual([]);
  rmSync(at('taken.jsonl'), { recursive: true });
  expect(readdirSync(folder)).toEqual(['out.jsonl']);
});

it('writes to where a link leads, and keeps the link', async () => {
  writeFileSync(at('file.jsonl'), 'earlier');
  symlinkSync('file.jsonl', at('link.jsonl'));
  await writeRows(rows(1), at('link.jsonl'));
  expect(lstatSync(at('link.jsonl')).isSymbolicLink()).toBe(true);
  expect(readFileSync(at('file.jsonl'), 'utf8')).toBe('{"id":0}\n');
});

it.skipIf(process.platform === 'win32')('writes into a pipe, directly or through a link', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('pipe', at('link-to-pipe'));
  for (const name of ['pipe', 'link-to-pipe']) {
    const [read] = await Promise.all([readFile(at('pipe'), 'utf8'), writeRows(rows(3), at(name))]);
    expect(read).toBe('{"id":0}\n{"id":1}\n{"id":2}\n');
  }
  expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
  expect(lstatSync(at('link-to-pipe')).isSymbolicLink()).toBe(true);
});

it.skipIf(process.platform === 'win32')('adds to what is open already', async () => {
  const log = openSync(at('log.jsonl'), 'a');
  writeSync(log, 'earlier\n');
  await writeRows(rows(1), `/dev/fd/${log}`);
  closeSync(log);
  expect(readFileSync(at('log.jsonl'), 'utf8')).toBe('earlier\n{"id":0}\n');
});

it('says so before a row is read where there can be no file', async () => {
  const refusal = expect.objectContaining({ code: 'output-not-writable' }) as Error;
  const asked = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
  for (const place of [folder, at('nowhere/out.jsonl')])
    await expect(writeRows(asked, place)).rejects.toEqual(refusal);
});
