/** Who speaks, told anew for a transcript that was corrected by hand. Real models, the sample talk in one channel. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentOf } from '#contract/transcript/edit/document.ts';
import type { Engine } from '#main/engine.ts';
import { locateTools } from '#main/hosts/media/tools.ts';
import { JobRegistry } from '#main/jobs/registry.ts';
import { AnalysisService } from '#main/services/analysis/analysis-service.ts';
import { Voices } from '#main/services/transcript/voices.ts';
import { transcriptsOn } from '../fixtures/analysed.ts';
import { testEngine } from '../fixtures/engine.ts';
import { libraryOn, work } from '../fixtures/library.ts';
import { MediaFolder } from '../fixtures/media.ts';
import { codeOf, openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

const stereo = path.resolve(import.meta.dirname, '../../assets/sample/talk.opus');
const media = new MediaFolder();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(async () => {
  await engine.dispose();
  media.remove();
});

async function opened() {
  const workspace = await openWorkspace(path.join(temporaryFolder(), 'workspace'));
  const library = libraryOn(workspace);
  const jobs = new JobRegistry();
  const bring = (file: string) => library.import({ source: { kind: 'path', path: file } }, work());
  const transcripts = transcriptsOn(workspace, library);
  const analysis = new AnalysisService(library, transcripts, jobs, engine);
  return { library, jobs, bring, transcripts, analysis, voices: new Voices(library, jobs, engine) };
}

it('tells speakers apart for another number of people without touching a word that was corrected', async () => {
  const { ffmpeg } = await locateTools({});
  const file = media.at('mono.flac');
  execFileSync(ffmpeg, ['-nostdin', '-v', 'error', '-y', '-i', stereo, '-ac', '1', file]);
  const { library, jobs, bring, transcripts, analysis, voices } = await opened();
  const { recordingId } = await bring(file);
  await jobs.whenEnded((await analysis.start(recordingId, { speakers: 1 })).id);
  const { utterances } = documentOf((await library.result(recordingId)).transcript);
  expect(new Set(utterances.map(({ speakerId }) => speakerId)).size).toBe(1);
  const corrected = { kind: 'set-text', utteranceId: utterances[0]!.id, text: 'Corrected by hand.' } as const;
  const { revision } = await transcripts.edit(recordingId, 0, null, corrected);

  const told = await voices.of(recordingId, 2);
  expect(jobs.list().at(-1)!.stages).toMatchObject([{ name: 'speakers', state: 'reused' }]);
  await transcripts.edit(recordingId, revision, null, { kind: 'tell-apart', ...told });
  const { document } = (await transcripts.edited(recordingId))!;
  expect(document.speakers).toHaveLength(2);
  const wordsOf = (all: readonly { text: string }[]) => all.map(({ text }) => text).join(' ');
  expect(wordsOf(document.utterances)).toBe(wordsOf([{ text: corrected.text }, ...utterances.slice(1)]));
  expect(new Set(document.utterances.map(({ speakerId }) => speakerId)).size).toBe(2);
  expect(await codeOf(transcripts.edit(recordingId, revision, null, { kind: 'tell-apart', ...told }))).toBe(
    'edit-stale',
  );
}, 300_000);

it('says so where each channel is a speaker’s own', async () => {
  const { bring, voices } = await opened();
  const { recordingId } = await bring(stereo);
  expect(await codeOf(voices.of(recordingId, 2))).toBe('edit-not-possible');
}, 120_000);
