/** Imports that are torn: killed, cancelled, overtaken by the file, stopped by the disk. None may leave half a recording. */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { libraryOn, work } from '../fixtures/library.ts';
import { sparseWav, wav } from '../fixtures/sound.ts';
import {
  PASSPHRASE,
  codeOf,
  openWorkspace,
  snapshot,
  temporaryFolder,
  workspaceAt,
} from '../fixtures/workspace.ts';

const key = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
const MEGABYTE = 2 ** 20;
const mediaFiles = (path: string): string[] => readdirSync(join(path, 'media'));

/** A locked workspace with one recording, which every crash must leave alone. */
async function withOneRecording(): Promise<{ path: string; sessionId: string; big: string }> {
  const folder = temporaryFolder();
  const path = join(folder, 'workspace');
  const small = join(folder, 'small.wav');
  writeFileSync(small, wav(1));
  const big = join(folder, 'big.wav');
  sparseWav(big, 64 * MEGABYTE);
  const workspace = await openWorkspace(path);
  const { sessionId } = await libraryOn(workspace).import({ source: { kind: 'path', path: small } }, work());
  await workspace.lock();
  return { path, sessionId, big };
}

test.each(['storing', 'rows'] as const)(
  'kill -9 in the middle of an import (%s): it never appears, and the next start cleans up',
  async (where) => {
    const { path, sessionId, big } = await withOneRecording();
    const before = snapshot(join(path, 'media'));
    const child = fork(
      join(import.meta.dirname, '../fixtures/import-and-hang.ts'),
      [path, PASSPHRASE, big, where],
      {
        execArgv: [],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    // What it left: an unfinished file, or a whole one that nothing refers to.
    const left = mediaFiles(path).filter((name) => !(name in before));
    expect(left).toHaveLength(1);
    expect(left[0]).toMatch(where === 'storing' ? /\.part$/ : /\.attm$/);

    const workspace = workspaceAt(path);
    await workspace.open(key);
    const library = libraryOn(workspace);
    expect((await library.list('')).map(({ id }) => id)).toEqual([sessionId]);
    expect(snapshot(join(path, 'media'))).toEqual(before);
    expect((await workspace.opened().database.call('files.planned', {})).files).toEqual([]);
    await library.import({ source: { kind: 'path', path: big } }, work());
    expect(await library.list('')).toHaveLength(2);
  },
);

test.each<[string, (file: string) => void]>([
  ['grows', (file) => appendFileSync(file, 'more')],
  ['shrinks', (file) => sparseWav(file, 3 * MEGABYTE)],
  ['is written anew', (file) => sparseWav(file, 32 * MEGABYTE)],
  ['disappears', (file) => rmSync(file)],
  [
    'is replaced',
    (file) => {
      sparseWav(`${file}.new`, 32 * MEGABYTE);
      renameSync(`${file}.new`, file);
    },
  ],
])('a file that %s during its import', async (_, change) => {
  const { path, sessionId } = await withOneRecording();
  const before = snapshot(join(path, 'media'));
  const file = join(temporaryFolder(), 'moving.wav');
  sparseWav(file, 32 * MEGABYTE);
  const workspace = workspaceAt(path);
  await workspace.open(key);
  const library = libraryOn(workspace);
  let changed = false;
  const context = work(undefined, (stage, fraction) => {
    if (stage !== 'store' || fraction < 0.3 || changed) return;
    changed = true;
    change(file);
  });
  expect(await codeOf(library.import({ source: { kind: 'path', path: file } }, context))).toBe(
    'file-changed',
  );
  expect((await library.list('')).map(({ id }) => id)).toEqual([sessionId]);
  expect(snapshot(join(path, 'media'))).toEqual(before);
});

test('a cancelled import', async () => {
  const { path, sessionId, big } = await withOneRecording();
  const before = snapshot(join(path, 'media'));
  const workspace = workspaceAt(path);
  await workspace.open(key);
  const library = libraryOn(workspace);
  const cancel = new AbortController();
  const context = work(
    cancel.signal,
    (stage, fraction) => stage === 'store' && fraction > 0.3 && cancel.abort(),
  );
  expect(await codeOf(library.import({ source: { kind: 'path', path: big } }, context))).toBe('cancelled');
  expect((await library.list('')).map(({ id }) => id)).toEqual([sessionId]);
  expect(snapshot(join(path, 'media'))).toEqual(before);
});

test('a disk that fills up during an import', async ({ skip }) => {
  const folder = join(temporaryFolder(), 'small');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    skip('needs the right to mount a small disk');
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  const path = join(folder, 'workspace');
  const workspace = await openWorkspace(path);
  const library = libraryOn(workspace);
  const small = join(temporaryFolder(), 'small.wav');
  writeFileSync(small, wav(1));
  const { sessionId } = await library.import({ source: { kind: 'path', path: small } }, work());
  const before = snapshot(join(path, 'media'));
  const big = join(temporaryFolder(), 'big.wav');
  sparseWav(big, 20 * MEGABYTE);
  expect(await codeOf(library.import({ source: { kind: 'path', path: big } }, work()))).toBe('disk-full');
  expect((await library.list('')).map(({ id }) => id)).toEqual([sessionId]);
  expect(snapshot(join(path, 'media'))).toEqual(before);
  await library.import({ source: { kind: 'path', path: small } }, work());
  expect(await library.list('')).toHaveLength(2);
  await workspace.lock();
});
