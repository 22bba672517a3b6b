/** Playing recordings: what Chromium can play as it is, what needs a copy, and what stays behind. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMediaTools } from '#main/hosts/media/create-media-tools.ts';
import { LibraryService } from '#main/services/library/library-service.ts';
import { Playback } from '#main/services/library/playback.ts';
import { MediaFolder, tone } from '../fixtures/media.ts';
import { NotedWork } from '../fixtures/work.ts';
import { openWorkspace, PASSPHRASE, temporaryFolder } from '../fixtures/workspace.ts';

async function opened() {
  const media = new MediaFolder();
  onTestFinished(() => media.remove());
  const path = join(temporaryFolder(), 'workspace');
  const workspace = await openWorkspace(path);
  const tools = createMediaTools();
  const library = new LibraryService({ workspace, tools, cacheLimitMiB: () => 100 });
  const playback = new Playback(workspace, library, tools);
  const bringIn = (file: string) => library.import({ source: { kind: 'path', path: file } }, new NotedWork());
  const proxies = (): string[] => readdirSync(join(path, 'derived', 'proxies'));
  return { media, workspace, library, playback, bringIn, proxies };
}

/** Chromium has no player for .au. */
const UNPLAYABLE = [...tone(2), '-ar', '8000', '-ac', '1', '-c:a', 'pcm_mulaw', '-f', 'au'];

describe('playback', () => {
  it('plays a WAV as it is, under a token that a lock ends', async () => {
    const { media, workspace, playback, bringIn } = await opened();
    const { recordingId } = await bringIn(await media.make('a.wav', ...tone(1)));
    const { token, mimeType } = await playback.token(recordingId);
    expect(mimeType).toBe('audio/wav');
    expect((await playback.open(token))!.file.size()).toBeGreaterThan(8000);
    expect((await playback.token(recordingId)).token).toBe(token);
    await workspace.lock();
    expect(await playback.open(token)).toBeNull();
  });

  it("makes a playable copy of what it can't, encrypted, and deletes it with the recording", async () => {
    const { media, playback, bringIn, proxies } = await opened();
    const { recordingId } = await bringIn(await media.make('a.au', ...UNPLAYABLE));
    const { token, mimeType } = await playback.token(recordingId);
    expect(mimeType).toBe('video/mp4');
    const { file } = (await playback.open(token))!;
    const head = await file.readRange(0, 12).next();
    expect((head.value as Buffer).subarray(4, 8).toString()).toBe('ftyp');
    expect(proxies()).toHaveLength(1);
    await playback.forget([recordingId]);
    expect(proxies()).toHaveLength(0);
  });

  it('clears copies whose recording is gone when the workspace is opened', async () => {
    const { media, workspace, library, playback, bringIn, proxies } = await opened();
    const { sessionId, recordingId } = await bringIn(await media.make('b.au', ...UNPLAYABLE));
    await playback.prepare(recordingId);
    await library.remove(sessionId);
    expect(proxies()).toHaveLength(1);
    await workspace.lock();
    await workspace.open({ kind: 'passphrase', passphrase: PASSPHRASE });
    expect(proxies()).toHaveLength(0);
  });
});
