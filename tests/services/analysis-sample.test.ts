/** The sample talk through the whole pipeline, with the shipped models. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisResult, type AnalysisResult } from '#contract/analysis/result.ts';
import type { Engine } from '#main/engine.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import { analyseFile, testEngine } from '../fixtures/engine.ts';
import { NotedWork } from '../fixtures/work.ts';

const assets = path.resolve(import.meta.dirname, '../../assets/sample');
const talk = path.join(assets, 'talk.opus');
const said = JSON.parse(readFileSync(path.join(assets, 'talk.json'), 'utf8')) as {
  utterances: { start: number; end: number; speaker: string; text: string }[];
};
const words = (text: string): Set<string> => new Set(text.toLowerCase().match(/[a-z']+/g) ?? []);

let engine: Engine;
let result: AnalysisResult;
const cache = new MemoryStageCache();
beforeAll(async () => {
  engine = await testEngine();
  result = await analyseFile(engine, talk, { cache });
}, 300_000);
afterAll(() => engine.dispose());

describe('the sample talk', () => {
  it('gives a result that its own schema accepts, after JSON too', () => {
    expect(analysisResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  it('has a speaker a channel, and hears each at the times they speak', () => {
    expect(result.transcript.speakersFrom).toBe('channels');
    expect(result.transcript.speakers).toHaveLength(2);
    for (const line of said.utterances) {
      const id = line.speaker === 'counsellor' ? 's1' : 's2';
      const heardMs = result.transcript.utterances
        .filter((u) => u.speakerId === id)
        .reduce(
          (ms, u) => ms + Math.max(0, Math.min(u.endMs, line.end) - Math.max(u.startMs, line.start)),
          0,
        );
      expect(heardMs / (line.end - line.start)).toBeGreaterThan(0.6);
    }
  });

  it('recognises most of what is said', () => {
    const heard = words(result.transcript.utterances.map((u) => u.text).join(' '));
    const spoken = words(said.utterances.map((u) => u.text).join(' '));
    const missed = [...spoken].filter((word) => !heard.has(word));
    expect(missed.length / spoken.size).toBeLessThan(0.3);
  });

  it('reads words and voice of every utterance, and fuses them', () => {
    for (const u of result.transcript.utterances) {
      const own = result.evidence.filter((e) => e.utteranceId === u.id).map((e) => e.modality);
      expect(own).toContain('voice');
      if (u.text) expect(own).toContain('text');
      expect(result.fused.filter((f) => f.utteranceId === u.id)).toHaveLength(1);
    }
  });

  it('gives probabilities that sum to 1 and shares that sum to 1', () => {
    const sum = (xs: number[]): number => xs.reduce((a, b) => a + b, 0);
    for (const e of [...result.evidence, ...result.fused]) expect(sum(e.probabilities)).toBeCloseTo(1, 2);
    for (const f of result.fused) expect(sum(f.contributions.map((c) => c.share))).toBeCloseTo(1, 2);
  });

  it('covers the recording with tracks of one length', () => {
    const steps = Math.floor(result.source.media.durationMs / 200) + 1;
    for (const track of result.tracks)
      for (const column of [...track.probabilities, track.valence, track.arousalSd])
        expect(column).toHaveLength(steps);
  });

  it('says that there is no picture, and invents no face', () => {
    expect(result.notices.map((n) => n.code)).toContain('no-video');
    expect(result.faces).toEqual([]);
  });
});

describe('doing it again', () => {
  it('reuses what is finished and gives the same numbers', async () => {
    const work = new NotedWork();
    const again = await analyseFile(engine, talk, { cache, work });
    expect(work.ended).toMatchObject({ speech: 'reused', text: 'reused' });
    expect({ ...again, createdAt: '' }).toEqual({ ...result, createdAt: '' });
  });

  it('after a cancel ends within a second, and a resumed run gives the same numbers', async () => {
    const own = new MemoryStageCache();
    const controller = new AbortController();
    let askedAt = 0;
    const work = new NotedWork(controller.signal, (stage, fraction) => {
      if (stage !== 'speech' || fraction < 0.5 || askedAt > 0) return;
      askedAt = performance.now();
      controller.abort();
    });
    await expect(analyseFile(engine, talk, { cache: own, work })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(performance.now() - askedAt).toBeLessThan(1000);
    const resumed = await analyseFile(engine, talk, { cache: own });
    // Only how long it took is another.
    const tookMs = result.recognition!.tookMs;
    const same = { ...resumed, createdAt: '', recognition: { ...resumed.recognition, tookMs } };
    expect(same).toEqual({ ...result, createdAt: '' });
  }, 300_000);
});
