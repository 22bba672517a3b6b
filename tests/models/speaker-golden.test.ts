/** The shipped encoder against resemblyzer's own checkpoint in PyTorch (models/recipes/speakers/reference.py). */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { floatOutput, floats, type Run } from '#models/speech/session-run.ts';
import { speakerModelFolder, speakerSettingsOf } from './speaker-model.ts';
import { openRun } from './speech-sessions.ts';

interface Golden {
  pitchHz: number;
  seconds: number;
  embedding: number[];
}
const golden = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'speaker-golden.json'), 'utf8'),
) as Golden[];
const RATE_HZ = 16_000;

/** The recipe's made-up voice: harmonics under a moving formant, loud and soft by turns. */
function voice(pitchHz: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * RATE_HZ) }, (_, i) => {
    const time = i / RATE_HZ;
    const formantHz = 700 + 300 * Math.sin(2 * Math.PI * 1.5 * time);
    let wave = 0;
    for (let harmonic = 1; harmonic < 25; harmonic++) {
      const hz = harmonic * pitchHz;
      wave += Math.exp(-(((hz - formantHz) / 400) ** 2)) * Math.sin(2 * Math.PI * hz * time);
    }
    return 0.1 * wave * (0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * time));
  });
}

let run: Run;
beforeAll(async () => {
  run = await openRun(path.join(speakerModelFolder, 'encoder.onnx'));
});

const outputs = (samples: Float32Array): ReturnType<Run> =>
  run({ samples: floats(samples, [1, samples.length]) });

it.each(golden)(
  'embeds a voice of $pitchHz Hz, $seconds s long, as the reference does',
  async ({ pitchHz, seconds, embedding }) => {
    const found = floatOutput(await outputs(voice(pitchHz, seconds)), 'embedding');
    expect(found).toHaveLength(embedding.length);
    const likeness = embedding.reduce((sum, value, d) => sum + value * found[d]!, 0);
    expect(likeness).toBeGreaterThan(0.9995);
    const furthest = Math.max(...embedding.map((value, d) => Math.abs(value - found[d]!)));
    expect(furthest).toBeLessThan(0.005);
  },
);

it('does not mind the level, over 40 dB', async () => {
  const samples = voice(150, 1.2);
  const loud = floatOutput(await outputs(samples), 'voice');
  const soft = floatOutput(await outputs(samples.map((value) => value / 100)), 'voice');
  loud.forEach((value, d) => expect(soft[d]).toBeCloseTo(value, 2));
});

it('gives a finite place to silence, and one for each window of a batch', async () => {
  const silence = floatOutput(await outputs(new Float32Array(19_200)), 'voice');
  expect(silence.every(Number.isFinite)).toBe(true);
  expect(silence).toHaveLength(speakerSettingsOf().between.length);
  const both = new Float32Array(2 * 19_200);
  both.set(voice(150, 1.2));
  both.set(voice(230, 1.2), 19_200);
  const rows = floatOutput(await run({ samples: floats(both, [2, 19_200]) }), 'voice');
  const alone = floatOutput(await outputs(voice(230, 1.2)), 'voice');
  alone.forEach((value, d) => expect(rows[alone.length + d]).toBeCloseTo(value, 3));
});
