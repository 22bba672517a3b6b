/** A voice that is remembered because somebody said so, and suggested in another session of the same participant. Real models and database. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Transcript } from '#contract/transcript/utterance.ts';
import type { Engine } from '#main/engine.ts';
import { locateTools } from '#main/hosts/media/tools.ts';
import { KnownVoices } from '#main/services/known-voices/known-voices.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';
import { transcriptsOn } from '../fixtures/analysed.ts';
import { testEngine } from '../fixtures/engine.ts';
import { libraryOn, work } from '../fixtures/library.ts';
import { MediaFolder } from '../fixtures/media.ts';
import { codeOf, openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

const assets = path.resolve(import.meta.dirname, '../../assets/sample');
const { utterances } = JSON.parse(readFileSync(path.join(assets, 'talk.json'), 'utf8')) as {
  utterances: { start: number; end: number; speaker: string; text: string }[];
};
const CUT_MS = 42_000;
const media = new MediaFolder();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(async () => {
  await engine.dispose();
  media.remove();
});

/** Who says what between two times, both in one channel. */
function said(fromMs: number, toMs: number, labels: Record<string, string>): Transcript {
  const own = utterances.filter(({ start, end }) => start >= fromMs && end <= toMs);
  return {
    ...{ source: 'recognised', recogniser: null, language: 'en', speakersFrom: 'voices' },
    speakers: Object.entries(labels).map(([id, label]) => ({ id, label, channel: null })),
    utterances: own.map((u, i) => ({
      ...{ id: `u${i}`, speakerId: u.speaker, text: u.text, confidence: null, words: [] },
      ...{ startMs: Math.round(u.start - fromMs), endMs: Math.round(u.end - fromMs) },
    })),
  };
}

async function opened() {
  const workspace = await openWorkspace(path.join(temporaryFolder(), 'workspace'));
  const library = libraryOn(workspace);
  const transcripts = transcriptsOn(workspace, library);
  const voices = new KnownVoices({ workspace, library, transcripts, parts: engine });
  const { ffmpeg } = await locateTools({});
  const session = async (
    fromMs: number,
    toMs: number,
    participant: string | null,
    labels: Record<string, string>,
  ) => {
    const file = media.at(`talk-${fromMs}.flac`);
    const cut = ['-ss', `${fromMs / 1000}`, '-t', `${(toMs - fromMs) / 1000}`, '-ac', '1'];
    execFileSync(ffmpeg, [
      '-nostdin',
      '-v',
      'error',
      '-y',
      '-i',
      path.join(assets, 'talk.opus'),
      ...cut,
      file,
    ]);
    const { recordingId, sessionId } = await library.import({ source: { kind: 'path', path: file } }, work());
    if (participant !== null) await library.rename(sessionId, 'Talk', participant);
    const made = makeAnalysisResult({ durationMs: toMs - fromMs, video: false });
    await library.saveResult(recordingId, { ...made, transcript: said(fromMs, toMs, labels) });
    return { recordingId, sessionId };
  };
  return { library, voices, session };
}

const NAMED = { counsellor: 'Dr Grey', client: 'Anna' };
const UNNAMED = { counsellor: 'Speaker 1', client: 'Speaker 2' };

it('is suggested for that voice in another session of the participant, until it is forgotten', async () => {
  const { library, voices, session } = await opened();
  const first = await session(0, CUT_MS, 'P01', NAMED);
  const second = await session(CUT_MS, 2 * CUT_MS, 'P01', UNNAMED);
  expect(await voices.suggest(second.recordingId)).toEqual([]);

  const kept = await voices.keep(first.recordingId, 'client');
  expect(kept).toMatchObject({ participant: 'P01', name: 'Anna' });
  const suggested = await voices.suggest(second.recordingId);
  expect(suggested).toMatchObject([{ speakerId: 'client', voiceId: kept.id, name: 'Anna' }]);
  expect(suggested[0]!.similarity).toBeLessThanOrEqual(1);
  // Whoever has the name already needs no suggestion.
  expect(await voices.suggest(first.recordingId)).toEqual([]);

  await library.rename(second.sessionId, 'Talk', 'P02');
  expect(await voices.suggest(second.recordingId)).toEqual([]);
  await library.rename(second.sessionId, 'Talk', 'P01');
  await voices.forget(kept.id);
  expect(await voices.list()).toEqual([]);
  expect(await voices.suggest(second.recordingId)).toEqual([]);
}, 120_000);

it('is kept once a name, goes with the participant’s last session, and is refused where nobody could be told by it', async () => {
  const { library, voices, session } = await opened();
  const { recordingId, sessionId } = await session(0, CUT_MS, null, {
    ...NAMED,
    silent: 'Nobody',
    s3: 'Speaker 3',
  });
  expect(await codeOf(voices.keep(recordingId, 'client'))).toBe('voice-not-kept');
  await library.rename(sessionId, 'Talk', 'P01');
  for (const nobody of ['silent', 's3', 'gone'])
    expect(await codeOf(voices.keep(recordingId, nobody))).toBe('voice-not-kept');
  await voices.keep(recordingId, 'client');
  await voices.keep(recordingId, 'client');
  await voices.keep(recordingId, 'counsellor');
  expect((await voices.list()).map(({ name }) => name)).toEqual(['Anna', 'Dr Grey']);
  await library.remove(sessionId);
  expect(await voices.list()).toEqual([]);
}, 120_000);
