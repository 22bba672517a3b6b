/** The question how many people speak, answered: stored with the result, told to the windows. Real workspace and database. */
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { applyPatch } from '#contract/analysis/patch.ts';
import { JobRegistry } from '#main/jobs/registry.ts';
import { Rereading, type Reread } from '#main/services/transcript/rereading.ts';
import { analysedConversation, transcriptsOn } from '../fixtures/analysed.ts';
import { testEngine } from '../fixtures/engine.ts';
import { libraryOn } from '../fixtures/library.ts';
import { codeOf, openWorkspace, PASSPHRASE, temporaryFolder, workspaceAt } from '../fixtures/workspace.ts';

/** Nothing is read again here, so its hosts never start. */
const engine = await testEngine();
afterAll(() => engine.dispose());

async function asked() {
  const path = join(temporaryFolder(), 'workspace');
  const workspace = await openWorkspace(path);
  const { library, recordingId, result } = await analysedConversation(workspace);
  await library.saveResult(recordingId, {
    ...result,
    transcript: { ...result.transcript, speakersFrom: 'voices' },
    notices: [
      { code: 'no-faces', stage: 'face', message: 'No face was seen.' },
      { code: 'speakers-by-voice', stage: 'speakers', message: '2 voices were found.' },
      { code: 'speaker-count-unsure', stage: 'speakers', message: '2 or 3 people.', people: [2, 3] },
    ],
  });
  const unsure = await library.result(recordingId);
  const transcripts = transcriptsOn(workspace, library);
  const parts = { workspace, library, transcripts, jobs: new JobRegistry(), parts: engine };
  const rereading = new Rereading(parts);
  return { path, workspace, library, rereading, recordingId, unsure };
}

it('lasts: it is stored with the result, and nothing else of that is another', async () => {
  const { path, workspace, rereading, recordingId, unsure } = await asked();
  const told: Reread[] = [];
  rereading.onReread((reread) => told.push(reread));
  await rereading.confirmPeople(recordingId, 2);
  await workspace.lock();

  const again = workspaceAt(path);
  await again.open({ kind: 'passphrase', passphrase: PASSPHRASE });
  const stored = await libraryOn(again).result(recordingId);
  expect(stored.settings).toEqual({ ...unsure.settings, speakers: 2 });
  expect(stored.notices.map(({ code }) => code)).toEqual(['no-faces', 'speakers-by-voice']);
  expect(stored.notices[1]!.message).toBe('The 2 speakers were told apart by their voices.');
  expect({ ...stored, settings: unsure.settings, notices: unsure.notices }).toEqual(unsure);
  expect(told.map(({ patch }) => applyPatch(unsure, patch!))).toEqual([stored]);
});

it('is refused for another number than there are speakers, and can be given after that', async () => {
  const { rereading, library, recordingId, unsure } = await asked();
  expect(await codeOf(rereading.confirmPeople(recordingId, 3))).toBe('edit-stale');
  expect(await library.result(recordingId)).toEqual(unsure);
  await rereading.confirmPeople(recordingId, 2);
  expect((await library.result(recordingId)).settings.speakers).toBe(2);
});
