/** Overlapping speech: the shipped graph against the network in single precision (models/recipes/overlap/reference.py), and what is made of its answer. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseManifest } from '#models/catalogue/catalogue.ts';
import { overlapInputs, overlapsIn, parseOverlapSettings } from '#models/speakers/overlap.ts';
import { floatOutput, type Run } from '#models/tensor.ts';
import { madeVoice } from './made-voice.ts';
import { openRun, readSound } from './speech-sessions.ts';

interface Golden {
  pitchesHz: number[];
  seconds: number;
  overlap: number[];
}
const golden = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'overlap-golden.json'), 'utf8'),
) as Golden[];
const folder = path.join(import.meta.dirname, '../../models/weights/overlapping-speech');
const settings = parseOverlapSettings(
  parseManifest(readFileSync(path.join(folder, 'manifest.json'), 'utf8')).settings,
);
const telephone = path.resolve(
  import.meta.dirname,
  '../../../shared/data/speech/conversations/pyannote_sample/sample.opus',
);

let run: Run;
beforeAll(async () => {
  run = await openRun(path.join(folder, 'overlap.onnx'));
});
const heard = async (samples: Float32Array): Promise<Float32Array> =>
  floatOutput(await run(overlapInputs(samples)), 'overlap');

/** As the recipe mixes: all begin together, each is silent for one half second of three. */
function mixed({ pitchesHz, seconds }: Golden): Float32Array {
  const voices = pitchesHz.map((pitch) => madeVoice(pitch, seconds));
  return voices[0]!.map((_, i) => {
    const third = Math.floor(i / 8000) % 3;
    return voices.reduce((sum, voice, k) => sum + (third === k + 1 ? 0 : voice[i]!), 0);
  });
}

describe('the shipped graph', () => {
  it.each(golden)('hears voices of $pitchesHz Hz as the network does', async (one) => {
    const found = await heard(mixed(one));
    expect(found).toHaveLength(one.overlap.length);
    const furthest = Math.max(...one.overlap.map((value, i) => Math.abs(value - found[i]!)));
    // 8-bit weights: .014 at most on talks (see the card), more on voices as odd as these.
    expect(furthest).toBeLessThan(0.05);
  });

  it('finds nobody in silence, and takes a stretch shorter than its first frame', async () => {
    expect(overlapsIn(await heard(new Float32Array(160_000)), settings)).toEqual([]);
    expect(overlapsIn(await heard(new Float32Array(400)), settings)).toEqual([]);
  });

  it.skipIf(!existsSync(telephone))(
    'finds where two talk at once on the telephone (needs ../shared)',
    async () => {
      const samples = readSound(telephone);
      // Of the talk's RTTM: 10.57 to 11.03, 14.49 to 14.70, 27.85 to 28.50 s.
      const tenSeconds = [1, 2].map((k) => heard(samples.slice(k * 160_000, (k + 1) * 160_000)));
      const found = (await Promise.all(tenSeconds)).map((part) => overlapsIn(part, settings));
      expect(found[0]).toHaveLength(2);
      expect(found[0]![0]!.startMs).toBeGreaterThan(350);
      expect(found[0]![0]!.endMs).toBeLessThan(1200);
      expect(found[1]).toHaveLength(1);
      expect(Math.abs(found[1]![0]!.startMs - 7850)).toBeLessThan(200);
    },
  );
});

describe('of its probabilities', () => {
  const frames = (...parts: [number, number][]): number[] =>
    parts.flatMap(([count, value]) => Array.from({ length: count }, () => value));
  const rules = { onset: 0.7, release: 0.5, shortestMs: 200 };

  it('a stretch is one that is likely enough somewhere, as long as it stays half likely', () => {
    const [only, ...more] = overlapsIn(frames([20, 0.1], [10, 0.6], [10, 0.8], [20, 0.2]), rules);
    expect(more).toEqual([]);
    // Frame 20 stands for what is from 22.5 + 20 * 16.875 ms on.
    expect(only).toEqual({ startMs: 360, endMs: 698, confidence: expect.closeTo(0.7) as number });
  });
  it('too short, or never likely enough, is none', () => {
    expect(overlapsIn(frames([5, 0], [11, 0.9], [5, 0]), rules)).toEqual([]);
    expect(overlapsIn(frames([5, 0], [50, 0.69], [5, 0]), rules)).toEqual([]);
    expect(overlapsIn([], rules)).toEqual([]);
  });
  it('two with a gap are two, and one that lasts to the end has an end', () => {
    const found = overlapsIn(frames([12, 0.9], [3, 0.3], [12, 0.9]), rules);
    expect(found.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [23, 225],
      [276, 478],
    ]);
  });
});
