/** Speakers in one channel through the whole pipeline, with the shipped models. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisPatch, applyPatch } from '#contract/analysis/patch.ts';
import { analysisResult, type AnalysisResult } from '#contract/analysis/result.ts';
import type { Engine } from '#main/engine.ts';
import { locateTools } from '#main/hosts/media/tools.ts';
import { confirmed } from '#main/services/analysis/confirm-people.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import { analyseFile, testEngine } from '../fixtures/engine.ts';
import { MediaFolder } from '../fixtures/media.ts';
import { NotedWork } from '../fixtures/work.ts';

const stereo = path.resolve(import.meta.dirname, '../../assets/sample/talk.opus');
const telephone = path.resolve(
  import.meta.dirname,
  '../../../shared/data/speech/conversations/pyannote_sample/sample.opus',
);
const media = new MediaFolder();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(async () => {
  await engine.dispose();
  media.remove();
});

async function made(name: string, ...filter: string[]): Promise<string> {
  const { ffmpeg } = await locateTools({});
  const file = media.at(name);
  execFileSync(ffmpeg, ['-nostdin', '-v', 'error', '-y', '-i', stereo, ...filter, file]);
  return file;
}

const codes = (result: AnalysisResult): string[] => result.notices.map(({ code }) => code);

describe('the sample talk mixed down to one channel', () => {
  const cache = new MemoryStageCache();
  let file: string;
  let apart: AnalysisResult;
  let result: AnalysisResult;
  beforeAll(async () => {
    file = await made('mono.flac', '-ac', '1');
    apart = await analyseFile(engine, stereo);
    result = await analyseFile(engine, file, { cache });
  }, 600_000);

  it('has the two speakers, by their voices, and says that this may be wrong', () => {
    expect(analysisResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result.transcript.speakersFrom).toBe('voices');
    expect(result.transcript.speakers.map(({ label }) => label)).toEqual(['Speaker 1', 'Speaker 2']);
    expect(codes(result)).toContain('speakers-by-voice');
    expect(result.subjects.map(({ speakerId }) => speakerId)).toEqual(['s1', 's2']);
  });

  it('gives nearly every word to the speaker who has it in the recording of two channels', () => {
    const first = apart.transcript.utterances[0]!.speakerId;
    const overlap = (a: { startMs: number; endMs: number }, b: typeof a): number =>
      Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));
    let right = 0;
    let all = 0;
    for (const own of apart.transcript.utterances)
      for (const heard of result.transcript.utterances) {
        const ms = overlap(own, heard);
        all += ms;
        if ((own.speakerId === first) === (heard.speakerId === 's1')) right += ms;
      }
    expect(right / all).toBeGreaterThan(0.93);
  });

  it('becomes what it had been with two people said before, once somebody says so', async () => {
    const told = await analyseFile(engine, file, { cache, settings: { speakers: 2 } });
    const unsure = { code: 'speaker-count-unsure', stage: 'speakers', message: '', people: [2, 3] } as const;
    const asked = { ...result, notices: [...result.notices, { ...unsure, people: [...unsure.people] }] };
    // Which other tasks ran, and when, is not of the speakers.
    const { createdAt, recognition } = told;
    const patch = analysisPatch.parse(JSON.parse(JSON.stringify(confirmed(asked))));
    expect({ ...applyPatch(asked, patch), createdAt, recognition }).toEqual(told);
  }, 300_000);

  it('only hears again what was cut otherwise when the person says how many people speak', async () => {
    const work = new NotedWork();
    const one = await analyseFile(engine, file, { cache, work, settings: { speakers: 1 } });
    expect(work.ended).toMatchObject({ speakers: 'reused' });
    expect(one.transcript.speakers).toHaveLength(1);
    expect(codes(one)).not.toContain('speakers-by-voice');
  }, 300_000);
});

it('hears a side of a call once, where it leaks into the other channel', async () => {
  const leak = 'pan=stereo|c0=c0+0.04*c1|c1=c1+0.04*c0';
  const leaking = await analyseFile(engine, await made('leak.flac', '-af', leak));
  const clean = await analyseFile(engine, stereo);
  expect(leaking.transcript.speakersFrom).toBe('channels');
  const seconds = (result: AnalysisResult): number =>
    result.transcript.utterances.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / 1000, 0);
  expect(seconds(leaking) / seconds(clean)).toBeGreaterThan(0.85);
  expect(seconds(leaking) / seconds(clean)).toBeLessThan(1.15);
}, 600_000);

it.skipIf(!existsSync(telephone))(
  'a real telephone talk has two speakers in turn (needs ../shared: speech/conversations/pyannote_sample)',
  async () => {
    const { transcript } = await analyseFile(engine, telephone);
    expect(transcript.speakers).toHaveLength(2);
    const at = (ms: number): string | undefined =>
      transcript.utterances.find(({ startMs, endMs }) => startMs <= ms && ms < endMs)?.speakerId;
    const [chicago, texas, yankee, again] = [at(12_500), at(16_000), at(25_000), at(20_000)];
    expect(chicago).toBe(again);
    expect(texas).toBe(yankee);
    expect(chicago).not.toBe(texas);
    // Of the talk's RTTM: they speak at once from 10.57 to 11.03, 14.49 to 14.70 and 27.85 to 28.50 s.
    const several = transcript.events!.filter(({ kind }) => kind === 'crosstalk');
    const middles = several.map(({ startMs, endMs }) => Math.round((startMs + endMs) / 200) / 10);
    expect(middles).toEqual([10.8, 14.5, 28.1].map((at) => expect.closeTo(at, 0) as number));
    for (const { confidence } of several) expect(confidence).toBeGreaterThan(0.5);
  },
  300_000,
);
