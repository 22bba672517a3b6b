/** The library on a real workspace: what comes in, comes back; what goes, is gone. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LibraryService } from '#main/services/library/library-service.ts';
import { Uploads } from '#main/services/library/uploads.ts';
import type { WorkspaceService } from '#main/services/workspace/workspace-service.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';
import { libraryOn, work } from '../fixtures/library.ts';
import { wav } from '../fixtures/sound.ts';
import {
  PASSPHRASE,
  codeOf,
  databaseInItsProcess,
  openWorkspace,
  temporaryFolder,
  workspaceAt,
} from '../fixtures/workspace.ts';

const key = { kind: 'passphrase', passphrase: PASSPHRASE } as const;

interface Opened {
  path: string;
  workspace: WorkspaceService;
  library: LibraryService;
}
async function opened(cacheLimitMiB?: number): Promise<Opened> {
  const path = join(temporaryFolder(), 'workspace');
  const workspace = await openWorkspace(path);
  return { path, workspace, library: libraryOn(workspace, cacheLimitMiB) };
}
function soundFile(name = 'a talk.wav', seconds = 2): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, wav(seconds));
  return path;
}
/** JSON knows no -0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const filesIn = (path: string, folder: string): string[] =>
  readdirSync(join(path, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));

describe('importing', () => {
  test('a file: listed, with its own bytes behind the address', async () => {
    const { path, library } = await opened();
    const file = soundFile('été – "1".wav');
    let changes = 0;
    library.onChange(() => (changes += 1));
    const stages: string[] = [];
    const context = work(undefined, (stage, fraction) => fraction === 1 && stages.push(stage));
    const { sessionId, recordingId } = await library.import(
      { source: { kind: 'path', path: file } },
      context,
    );
    expect([...new Set(stages)]).toEqual(['probe', 'store']);
    expect(changes).toBe(1);
    expect(await library.list('')).toMatchObject([
      {
        id: sessionId,
        title: 'été – "1"',
        state: 'imported',
        durationMs: 2000,
        hasVideo: false,
        sample: false,
      },
    ]);
    const { recordings } = await library.session(sessionId);
    const plain = readFileSync(file);
    expect(recordings).toMatchObject([{ id: recordingId, name: 'été – "1".wav', bytes: plain.length }]);

    const input = await library.mediaInput(recordingId);
    expect(await library.mediaInput(recordingId)).toEqual(input);
    const body = await (await fetch(input.kind === 'stored' ? input.url : '')).arrayBuffer();
    expect(Buffer.from(body).equals(plain)).toBe(true);
    expect(await library.media(recordingId)).toMatchObject({ kind: 'audio', mimeType: 'audio/wav' });
    expect(filesIn(path, 'media')).toHaveLength(1);
    const stored = readFileSync(join(path, 'media', filesIn(path, 'media')[0]!));
    expect(stored.includes(plain.subarray(1000, 1032))).toBe(false);
  });

  test('an upload, once', async () => {
    const { path, workspace, library } = await opened();
    const uploads = new Uploads(workspace);
    const bytes = wav(1);
    const { uploadId } = await uploads.receive([bytes.subarray(0, 99), bytes.subarray(99)]);
    expect(await library.list('')).toEqual([]);
    const source = { kind: 'staged', name: 'sent.wav', ...uploads.take(uploadId) } as const;
    await library.import({ source }, work());
    expect(await library.list('')).toMatchObject([{ title: 'sent', durationMs: 1000 }]);
    expect(() => uploads.take(uploadId)).toThrow('not there any more');
    expect(await codeOf(uploads.receive([]))).toBe('file-empty');
    await uploads.receive([bytes]);
    await workspace.lock();
    expect(filesIn(path, 'media')).toHaveLength(1);
  });

  test.each<[string, string | Buffer, string]>([
    ['nothing.wav', '', 'file-empty'],
    ['notes.mp4', 'These are only words.', 'media-not-recognised'],
    ['list.mp3', '#EXTM3U\nhttp://127.0.0.1:9/secret.mp3\n', 'media-refers-elsewhere'],
  ])('%s leaves nothing behind, from the disk or sent', async (name, content, code) => {
    const { path, workspace, library } = await opened();
    const file = join(temporaryFolder(), name);
    writeFileSync(file, content);
    expect(await codeOf(library.import({ source: { kind: 'path', path: file } }, work()))).toBe(code);
    const uploads = new Uploads(workspace);
    const sent = uploads.receive([Buffer.from(content)]).then(({ uploadId }) => {
      const source = { kind: 'staged', name, ...uploads.take(uploadId) } as const;
      return library.import({ source }, work());
    });
    expect(await codeOf(sent)).toBe(code);
    expect(await library.list('')).toEqual([]);
    expect(filesIn(path, 'media')).toEqual([]);
    expect((await workspace.opened().database.call('files.planned', {})).files).toEqual([]);
  });

  test('not while the workspace is locked', async () => {
    const { workspace, library } = await opened();
    await workspace.lock();
    const locked = () => library.import({ source: { kind: 'path', path: soundFile() } }, work());
    expect(await codeOf((async () => locked())())).toBe('workspace-locked');
    expect(await codeOf(library.list(''))).toBe('workspace-locked');
  });
});

describe('sessions', () => {
  test('are renamed', async () => {
    const { library } = await opened();
    const { sessionId } = await library.import({ source: { kind: 'path', path: soundFile() } }, work());
    expect(await library.rename(sessionId, 'First hour', ' P-01 ')).toMatchObject({
      title: 'First hour',
      participant: 'P-01',
    });
    expect(await library.rename(sessionId, 'First hour', '  ')).toMatchObject({ participant: null });
    expect(await codeOf(library.rename('nobody', 'x', null))).toBe('record-not-found');
  });

  test('are removed with media, results, transcripts and cache', async () => {
    const { path, workspace, library } = await opened();
    const { sessionId, recordingId } = await library.import(
      { source: { kind: 'path', path: soundFile() } },
      work(),
    );
    const kept = await library.import({ source: { kind: 'path', path: soundFile('other.wav') } }, work());
    const result = makeAnalysisResult({ durationMs: 60_000 });
    for (const id of [recordingId, kept.recordingId]) {
      await library.saveResult(id, result);
      await library.setTranscript(id, result.transcript);
      await library.stageCache(id).put('a'.repeat(64), Buffer.from('features'));
      await library.mediaInput(id);
    }
    expect(filesIn(path, 'derived')).toHaveLength(6);
    await library.remove(sessionId);
    expect((await library.list('')).map(({ id }) => id)).toEqual([kept.sessionId]);
    expect(filesIn(path, 'media')).toHaveLength(1);
    expect(filesIn(path, 'derived')).toHaveLength(3);
    expect(await codeOf(library.mediaInput(recordingId))).toBe('record-not-found');
    expect((await workspace.opened().database.call('files.planned', {})).files).toEqual([]);
    expect((await library.result(kept.recordingId)).fused.length).toBe(result.fused.length);
  });
});

describe('results', () => {
  test('come back to the last digit, after locking too; the one before goes', async () => {
    const { path, workspace, library } = await opened();
    const { sessionId, recordingId } = await library.import(
      { source: { kind: 'path', path: soundFile() } },
      work(),
    );
    expect(await codeOf(library.result(recordingId))).toBe('analysis-none');
    await library.setState(recordingId, 'analysing', null);
    const first = makeAnalysisResult({ durationMs: 60_000, seed: 1 });
    const second = makeAnalysisResult({ durationMs: 60_000, seed: 2 });
    await library.saveResult(recordingId, first);
    await library.saveResult(recordingId, second);
    expect(filesIn(path, 'derived')).toHaveLength(1);
    await workspace.lock();
    await workspace.open(key);
    expect(await library.result(recordingId)).toEqual(asJson(second));
    const { session } = await library.session(sessionId);
    expect(session.state).toBe('analysed');
    expect(session.ribbon).toHaveLength(60);
  });

  test('of a cancelled or failed analysis leave the recording as it should stand', async () => {
    const { workspace, library } = await opened();
    const { sessionId, recordingId } = await library.import(
      { source: { kind: 'path', path: soundFile() } },
      work(),
    );
    const state = async (): Promise<string> => (await library.session(sessionId)).session.state;
    await library.setState(recordingId, 'analysing', null);
    expect(await state()).toBe('analysing');
    await library.endAnalysis(recordingId);
    expect(await state()).toBe('imported');
    await library.setState(recordingId, 'failed', { code: 'host-crashed', message: 'It ended.' });
    expect((await library.recording(recordingId)).error).toEqual({
      code: 'host-crashed',
      message: 'It ended.',
    });
    await library.setState(recordingId, 'analysing', null);
    await workspace.lock();
    await workspace.open(key);
    expect(await state()).toBe('imported');
  });

  test('an hour of them is stored and loaded at once', async () => {
    const { library } = await opened();
    const { recordingId } = await library.import({ source: { kind: 'path', path: soundFile() } }, work());
    const hour = makeAnalysisResult({ durationMs: 3_600_000, video: true });
    const storing = performance.now();
    await library.saveResult(recordingId, hour);
    const loading = performance.now();
    const loaded = await library.result(recordingId);
    const end = performance.now();
    expect(loaded).toEqual(asJson(hour));
    const mebibytes = (JSON.stringify(hour).length / 2 ** 20).toFixed(1);
    console.log(
      `an hour's result: ${mebibytes} MiB, stored in ${Math.round(loading - storing)} ms, loaded in ${Math.round(end - loading)} ms`,
    );
  });
});

describe('the stage cache', () => {
  const KEY = 'f'.repeat(64);

  test('keeps what was put, encrypted, under names that tell nothing, and takes damage for a miss', async () => {
    const { path, workspace, library } = await opened();
    const { recordingId } = await library.import({ source: { kind: 'path', path: soundFile() } }, work());
    const cache = library.stageCache(recordingId);
    expect(await cache.get(KEY)).toBeNull();
    await cache.put(KEY, Buffer.from('the words of a stage'));
    await cache.put(KEY, Buffer.from('the words of a stage, again'));
    await workspace.lock();
    await expect(cache.put(KEY, Buffer.from('too late'))).rejects.toThrow('locked');
    await workspace.open(key);
    const again = library.stageCache(recordingId);
    expect(Buffer.from((await again.get(KEY))!).toString()).toBe('the words of a stage, again');
    expect(await again.get('0'.repeat(64))).toBeNull();
    const [name] = filesIn(path, 'derived');
    expect(name).not.toContain(recordingId);
    expect(name).not.toContain('ffff');
    const stored = readFileSync(join(path, 'derived', name!));
    expect(stored.includes('words')).toBe(false);
    stored[70]! ^= 1;
    writeFileSync(join(path, 'derived', name!), stored);
    expect(await again.get(KEY)).toBeNull();
    await again.put(KEY, Buffer.from('anew'));
    expect(Buffer.from((await again.get(KEY))!).toString()).toBe('anew');
  });

  test('stays within its limit: what was used longest ago goes first', async () => {
    const { path, library } = await opened(1);
    const cache = library.stageCache('r');
    const big = Buffer.alloc(300 * 1024, 7);
    for (const name of ['a', 'b', 'c']) {
      await cache.put(name, big);
      // File times have a grain.
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    expect(await cache.get('a')).not.toBeNull();
    await cache.put('d', big);
    expect(
      await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => (await cache.get(name)) !== null)),
    ).toEqual([true, false, true, true]);
    expect(filesIn(path, 'derived')).toHaveLength(3);
  });
});

test('the view comes back', async () => {
  const { workspace, library } = await opened();
  expect(await library.view()).toBeNull();
  await library.rememberView({ panel: 'session', sessionId: 'x', timeMs: 5 });
  await workspace.lock();
  await workspace.open(key);
  expect(await library.view()).toEqual({ panel: 'session', sessionId: 'x', timeMs: 5 });
});

test('a database host that is killed is opened again by the next call', async () => {
  const path = join(temporaryFolder(), 'workspace');
  const host = databaseInItsProcess();
  const workspace = workspaceAt(path, host);
  await workspace.create(key);
  const library = libraryOn(workspace);
  const first = await library.import({ source: { kind: 'path', path: soundFile() } }, work());
  const pid = host.status().pid!;
  process.kill(pid, 'SIGKILL');
  const during = await codeOf(library.list(''));
  expect(['host-crashed', 'nothing thrown']).toContain(during);
  expect((await library.list('')).map(({ id }) => id)).toEqual([first.sessionId]);
  expect(host.status().pid).not.toBe(pid);
  await library.import({ source: { kind: 'path', path: soundFile('next.wav') } }, work());
  expect(await library.list('')).toHaveLength(2);
});
