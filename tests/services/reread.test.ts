/** Reading again only what a correction changed gives what a whole analysis of the corrected transcript gives. Real models, the sample talk. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyPatch, analysisPatch, fusedId } from '#contract/analysis/patch.ts';
import type { AnalysisResult, FusedTrack } from '#contract/analysis/result.ts';
import { applyChange } from '#contract/transcript/edit/change.ts';
import { documentOf } from '#contract/transcript/edit/document.ts';
import type { EditOperation } from '#contract/transcript/edit/operation.ts';
import { changeOf } from '#contract/transcript/edit/perform.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import type { Engine } from '#main/engine.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import { reread } from '#main/services/analysis/reread.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import { analyseFile, testEngine } from '../fixtures/engine.ts';

const assets = path.resolve(import.meta.dirname, '../../assets/sample');
const talk = path.join(assets, 'talk.opus');
const said = JSON.parse(readFileSync(path.join(assets, 'talk.json'), 'utf8')) as {
  utterances: { start: number; end: number; speaker: string; text: string }[];
};
const transcript: Transcript = {
  ...{ source: 'imported', recogniser: null, language: 'en', speakersFrom: 'transcript' },
  speakers: ['counsellor', 'client'].map((label, channel) => ({ id: `s${channel + 1}`, label, channel })),
  utterances: said.utterances.map((u, i) => ({
    ...{ id: `u${i}`, speakerId: u.speaker === 'counsellor' ? 's1' : 's2' },
    ...{ startMs: Math.round(u.start), endMs: Math.round(u.end), text: u.text, confidence: null, words: [] },
  })),
};

let engine: Engine;
const cache = new MemoryStageCache();
let before: AnalysisResult;
beforeAll(async () => {
  engine = await testEngine();
  before = await analyseFile(engine, talk, { cache, imported: transcript, settings: { language: 'en' } });
}, 300_000);
afterAll(() => engine.dispose());

/** Both ways; with the calls that reading again took. */
async function bothWays(keptVoices: MemoryStageCache, ...operations: EditOperation[]) {
  const { durationMs } = before.source.media;
  const document = operations.reduce(
    (d, op) => applyChange(d, changeOf(d, op, durationMs)),
    documentOf(before.transcript),
  );
  const corrected = {
    ...before.transcript,
    ...document,
    utterances: [...document.utterances],
    speakers: [...document.speakers],
    events: [...document.events],
  };
  const calls: { task: string; params: unknown }[] = [];
  const inference = {
    call: <K extends keyof InferenceTasks>(task: K, params: InferenceTasks[K]['params']) => {
      calls.push({ task, params });
      return engine.inference.call(task, params);
    },
  };
  const patch = await reread(
    before,
    corrected,
    { input: { kind: 'file', path: talk }, info: before.source.media, source: before.source },
    { ...engine, inference, cache: keptVoices },
    new AbortController().signal,
  );
  // As it crosses to the window.
  const crossed = analysisPatch.parse(JSON.parse(JSON.stringify(patch)));
  const whole = await analyseFile(engine, talk, { imported: corrected, settings: { language: 'en' } });
  return { patch, again: applyPatch(before, crossed), whole, calls };
}

const byId = (result: AnalysisResult) => ({
  evidence: Object.fromEntries(result.evidence.map((e) => [e.id, e])),
  fused: Object.fromEntries(result.fused.map((f) => [fusedId(f), f])),
});
const COLUMNS = ['confidence', 'abstained', 'valence', 'valenceSd', 'arousal', 'arousalSd'] as const;
function furthest(a: FusedTrack, b: FusedTrack): number {
  const differences = COLUMNS.flatMap((name) =>
    a[name].map((x, i) =>
      x === null || b[name][i] === null ? Number(x !== b[name][i]) : Math.abs(x - b[name][i]!),
    ),
  );
  return Math.max(...differences, Math.abs(a.confidence.length - b.confidence.length));
}

/** The largest difference between two numbers at the same place; infinite where anything else differs. What is kept was rounded to four digits before it is fused; Shapley values are of its logarithms. */
function apart(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? 0 : Infinity;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Math.max(0, ...[...keys].map((key) => apart(Reflect.get(a, key), Reflect.get(b, key))));
}

function expectSame(again: AnalysisResult, whole: AnalysisResult): void {
  expect(byId(again).evidence).toEqual(byId(whole).evidence);
  expect(apart(byId(again).fused, byId(whole).fused)).toBeLessThan(0.01);
  expect(again.transcript.utterances).toEqual(whole.transcript.utterances);
  expect(again.subjects).toEqual(whole.subjects);
  expect(again.tracks.map(({ subjectId }) => subjectId)).toEqual(
    whole.tracks.map(({ subjectId }) => subjectId),
  );
  again.tracks.forEach((track, i) => expect(furthest(track, whole.tracks[i]!)).toBeLessThan(0.005));
  expect(again.summary.subjects.map((s) => s.shares)).toEqual(
    whole.summary.subjects.map((s) => s.shares.map((share) => expect.closeTo(share, 2) as number)),
  );
}

const LONG_MS = 300_000;

describe('after a correction', () => {
  it(
    'that several speak at once, a voice counts for the part that is its own',
    async () => {
      const { id: utteranceId, startMs, endMs } = before.transcript.utterances[4]!;
      const half = Math.round((startMs + endMs) / 2);
      const event = { id: 'several', kind: 'crosstalk', startMs: half, endMs, speakerId: null } as const;
      const { again, whole } = await bothWays(cache, { kind: 'mark', event });
      expectSame(again, whole);
      const voiceOf = (result: AnalysisResult) =>
        result.evidence.find((e) => e.utteranceId === utteranceId && e.modality === 'voice')!;
      expect(voiceOf(before).reasons).not.toContain('others-speak');
      expect(voiceOf(again).reasons).toContain('others-speak');
      expect(voiceOf(again).quality / voiceOf(before).quality).toBeCloseTo(0.5, 2);
    },
    LONG_MS,
  );

  it(
    'that somebody is neutral where they speak, their own voice alone is read anew, and no sound',
    async () => {
      const { speakerId, startMs, endMs } = before.transcript.utterances[4]!;
      const event = { id: 'usual', kind: 'neutral', startMs, endMs, speakerId } as const;
      const { again, whole, calls, patch } = await bothWays(cache, { kind: 'mark', event });
      expectSame(again, whole);
      expect(calls.map(({ task }) => task)).toEqual(['voice.read']);
      expect(patch.evidence.put.length).toBeGreaterThan(1);
      expect(patch.evidence.put.every((e) => e.modality === 'voice' && e.speakerId === speakerId)).toBe(true);
      // A mark of a part of it, or of somebody else's, says nothing.
      const others = [
        { ...event, endMs: startMs + (endMs - startMs) / 3 },
        { ...event, speakerId: speakerId === 's1' ? 's2' : 's1' },
      ];
      for (const mark of others) {
        const none = await bothWays(cache, { kind: 'mark', event: mark });
        expect(none.patch.evidence.put).toEqual([]);
      }
    },
    LONG_MS,
  );

  it(
    'of words, only those words and the lines that they are context of are read, and no sound',
    async () => {
      const utteranceId = before.transcript.utterances[9]!.id;
      const text = 'I am so happy about this, it is wonderful!';
      const { again, whole, calls, patch } = await bothWays(cache, { kind: 'set-text', utteranceId, text });
      expectSame(again, whole);
      expect(calls.map(({ task }) => task)).toEqual(['text.read']);
      expect(calls[0]!.params).toMatchObject({
        items: expect.toSatisfy((items: unknown[]) => items.length === 7) as unknown,
      });
      expect(patch.evidence.put.find((e) => e.utteranceId === utteranceId)!.probabilities).not.toEqual(
        before.evidence.find((e) => e.utteranceId === utteranceId && e.modality === 'text')!.probabilities,
      );
    },
    LONG_MS,
  );

  it(
    'of a boundary, the stretch is heard again, and its speaker’s voice is read against the new baseline',
    async () => {
      const u = before.transcript.utterances[4]!;
      const { again, whole, calls } = await bothWays(cache, {
        ...{ kind: 'bounds', utteranceId: u.id, startMs: u.startMs + 300, endMs: u.endMs },
      });
      expectSame(again, whole);
      expect(calls.filter(({ task }) => task === 'voice.embed')).toHaveLength(1);
      expect(calls.filter(({ task }) => task === 'voice.read')).toHaveLength(1);
    },
    LONG_MS,
  );

  it(
    'of speakers, and with nothing kept from before, it still is the same',
    async () => {
      const [, second, third] = before.transcript.utterances;
      const { again, whole } = await bothWays(
        new MemoryStageCache(),
        { kind: 'split', utteranceId: third!.id, offset: third!.text.indexOf(' '), newId: 'new' },
        { kind: 'split-speaker', utteranceId: 'new', speaker: { id: 's3', label: 'Another', channel: null } },
        { kind: 'remove', utteranceId: second!.id },
        { kind: 'assign', utteranceId: third!.id, speakerId: 's1', scope: 'one' },
      );
      expectSame(again, whole);
      expect(again.subjects.map(({ id }) => id)).toEqual(['s1', 's2', 's3']);
    },
    LONG_MS,
  );
});
