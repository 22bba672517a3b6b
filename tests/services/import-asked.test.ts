/** When a recording that comes in was asked for: the window shows it only to who hasn't gone elsewhere since. */
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { EventHub } from '#main/ipc/event-hub.ts';
import { AnalysisService } from '#main/services/analysis/analysis-service.ts';
import { ImportService } from '#main/services/library/import-service.ts';
import { Playback } from '#main/services/library/playback.ts';
import { transcriptsOn } from '../fixtures/analysed.ts';
import { testEngine } from '../fixtures/engine.ts';
import { libraryOn } from '../fixtures/library.ts';
import { wav } from '../fixtures/sound.ts';
import { textsOn } from '../fixtures/texts-service.ts';
import { openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

afterEach(() => void vi.useRealTimers());

it('of an upload is when it began, however long it went on', async () => {
  const workspace = await openWorkspace(join(temporaryFolder(), 'workspace'));
  const engine = await testEngine();
  onTestFinished(() => engine.dispose());
  const library = libraryOn(workspace);
  const { texts, jobs, uploads } = textsOn(workspace, engine);
  const events = new EventHub();
  const imports = new ImportService({
    ...{ workspace, library, uploads, texts, jobs, events },
    playback: new Playback(workspace, library, engine.media),
    analysis: new AnalysisService(library, transcriptsOn(workspace, library), jobs, engine),
    spokenLanguage: () => 'en',
  });
  const shown: { sessionId: string; askedAt: string }[] = [];
  events.onEvent(({ name, payload }) => {
    if (name === 'app.show') shown.push(payload);
  });

  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-02T10:00:00.000Z') });
  const sound = wav(1);
  async function* slowly(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(sound.subarray(0, 99));
    vi.setSystemTime(new Date('2026-01-02T10:05:00.000Z'));
    yield sound.subarray(99);
  }
  const { uploadId } = await uploads.receive(slowly());
  const [job] = imports.import([{ kind: 'upload', uploadId, name: 'talk.wav' }], false);
  expect(await jobs.whenEnded(job!.id)).toMatchObject({ state: 'succeeded' });

  const [session] = await library.list('');
  expect(shown).toEqual([{ sessionId: session!.id, askedAt: '2026-01-02T10:00:00.000Z' }]);
}, 60_000);
