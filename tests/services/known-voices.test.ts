/** A voice that is remembered because somebody said so, and suggested in another session of the same participant. Real models and database. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transcript } from '#contract/transcript/utterance.ts';
import type { Engine } from '#main/engine.ts';
import { locateTools } from '#main/hosts/media/tools.ts';
import { suggestions } from '#main/services/known-voices/suggestions.ts';
import type { WorkspaceService } from '#main/services/workspace/workspace-service.ts';
import { KnownVoices } from '#main/services/known-voices/known-voices.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';
import { transcriptsOn } from '../fixtures/analysed.ts';
import { testEngine } from '../fixtures/engine.ts';
import { libraryOn, work } from '../fixtures/library.ts';
import { MediaFolder } from '../fixtures/media.ts';
import { codeOf, openWorkspace, PASSPHRASE, temporaryFolder, workspaceAt } from '../fixtures/workspace.ts';

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

function on(workspace: WorkspaceService) {
  const library = libraryOn(workspace);
  const edits = transcriptsOn(workspace, library);
  return {
    library,
    edits,
    voices: new KnownVoices({ workspace, library, transcripts: edits, parts: engine }),
  };
}

async function opened() {
  const folder = path.join(temporaryFolder(), 'workspace');
  const workspace = await openWorkspace(folder);
  const { library, edits, voices } = on(workspace);
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
  return { folder, workspace, library, edits, voices, session };
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

it('is not suggested again for a speaker who is said to be somebody else, after a restart either, until that is undone', async () => {
  const { folder, workspace, voices, session, edits } = await opened();
  const first = await session(0, CUT_MS, 'P01', NAMED);
  const { recordingId } = await session(CUT_MS, 2 * CUT_MS, 'P01', UNNAMED);
  const { id: voiceId } = await voices.keep(first.recordingId, 'client');
  const [suggested] = await voices.suggest(recordingId);
  expect(suggested).toMatchObject({ speakerId: 'client', voiceId });
  await edits.edit(recordingId, 0, null, { kind: 'not-voice', speakerId: 'client', voiceId });
  const them = { id: 'client', label: 'Anna’s sister', channel: null };
  // Another name leaves it said.
  const { speakers } = (await edits.edited(recordingId))!.document;
  await edits.edit(recordingId, 1, null, {
    kind: 'set-speaker',
    speaker: { ...speakers.find(({ id }) => id === 'client')!, label: them.label },
  });
  expect(await voices.suggest(recordingId)).toEqual([]);
  await workspace.lock();

  const again = workspaceAt(folder);
  await again.open({ kind: 'passphrase', passphrase: PASSPHRASE });
  const later = on(again);
  expect(await later.voices.suggest(recordingId)).toEqual([]);
  // It goes with the speaker that it was said of.
  expect((await later.edits.edited(recordingId))!.document.speakers).toContainEqual({
    ...them,
    notVoices: [voiceId],
  });
  await later.edits.move(recordingId, 2, 'undo');
  await later.edits.move(recordingId, 3, 'undo');
  expect(await later.voices.suggest(recordingId)).toEqual([suggested]);
}, 120_000);

it('is listed as outdated and not compared when an earlier model made it; kept again under its name, it is of use again', async () => {
  const { workspace, voices, session } = await opened();
  const first = await session(0, CUT_MS, 'P01', NAMED);
  const second = await session(CUT_MS, 2 * CUT_MS, 'P01', UNNAMED);
  const { id } = await voices.keep(first.recordingId, 'client');
  const { database } = workspace.opened();
  const [voice] = (await database.call('voices.list', {})).voices;
  // As a program with another encoder left it there.
  const earlier = { ...voice!, model: 'of another file', values: new Float32Array(192).fill(1) };
  await database.call('voices.keep', { voice: earlier });

  expect(await voices.list()).toMatchObject([{ id, name: 'Anna', outdated: true }]);
  expect(await voices.suggest(second.recordingId)).toEqual([]);

  const again = await voices.keep(first.recordingId, 'client');
  expect(await voices.list()).toEqual([{ ...again, id, outdated: false }]);
  expect(await voices.suggest(second.recordingId)).toMatchObject([{ speakerId: 'client', voiceId: id }]);
}, 120_000);

describe('suggestions', () => {
  /** Two voices of length 1, and two speakers: the first as like Anna as can be, the second .8 like her and .6 like Ben. */
  const voice = (id: string, name: string, ...values: number[]) => ({
    known: { id, name, participant: 'P01', keptAt: '', speechMs: 1 },
    ...{ model: '', values: Float32Array.from(values) },
  });
  const anna = voice('v1', 'Anna', 1, 0);
  const ben = voice('v2', 'Ben', 0, 1);
  const suggested = (known: (typeof anna)[], notVoices: string[], suggestFrom: number) =>
    suggestions(
      [
        { speaker: { id: 's2' }, values: Float32Array.of(0.8, 0.6) },
        { speaker: { id: 's1', notVoices }, values: Float32Array.of(1, 0) },
      ],
      known,
      suggestFrom,
    ).map(({ speakerId, name }) => `${speakerId} ${name}`);

  it('go to the next likest, when the likest is said to be somebody else', () => {
    expect(suggested([anna], [], 0.7)).toEqual(['s1 Anna']);
    expect(suggested([anna], ['v2'], 0.7)).toEqual(['s1 Anna']);
    expect(suggested([anna], ['v1'], 0.7)).toEqual(['s2 Anna']);
  });

  it('are one to one from the likest pair down, and end where nobody is like enough', () => {
    expect(suggested([ben, anna], [], 0.5)).toEqual(['s1 Anna', 's2 Ben']);
    expect(suggested([ben, anna], [], 0.7)).toEqual(['s1 Anna']);
    // Whom the likest pair leaves over is not asked about twice.
    expect(suggested([ben, anna], ['v1'], 0.5)).toEqual(['s2 Anna']);
  });
});

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
  const first = await voices.keep(recordingId, 'client');
  const again = await voices.keep(recordingId, 'client');
  expect(again).toEqual({ ...first, keptAt: again.keptAt });
  const other = await voices.keep(recordingId, 'counsellor');
  const listed = [again, other].map((voice) => ({ ...voice, outdated: false }));
  expect(await voices.list()).toEqual(listed);
  await library.remove(sessionId);
  expect(await voices.list()).toEqual([]);
}, 120_000);
