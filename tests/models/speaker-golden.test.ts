/** The shipped encoder against the network in PyTorch behind Kaldi's own features (models/recipes/speakers/reference.py). */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { encoderInputs } from '#models/speakers/encoder-inputs.ts';
import { floatOutput, type Run } from '#models/tensor.ts';
import { madeVoice as voice } from './made-voice.ts';
import { speakerModelFolder, speakerSettingsOf } from './speaker-model.ts';
import { openRun } from './speech-sessions.ts';

interface Golden {
  pitchHz: number;
  seconds: number;
  /** In milliseconds, from and to. */
  spans: [number, number][];
  embeddings: number[][];
}
const golden = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'speaker-golden.json'), 'utf8'),
) as Golden[];
const RATE_HZ = 16_000;

let run: Run;
beforeAll(async () => {
  run = await openRun(path.join(speakerModelFolder, 'encoder.onnx'));
});

const settings = speakerSettingsOf();

async function heard(
  samples: Float32Array,
  spans: [number, number][],
  output: string,
): Promise<Float32Array[]> {
  const stretches = spans.map(([startMs, endMs]) => ({ startMs, endMs }));
  const rows = floatOutput(await run({ ...encoderInputs(samples, stretches, settings) }), output);
  const width = rows.length / spans.length;
  return spans.map((_, i) => rows.slice(i * width, (i + 1) * width));
}

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let [ab, aa, bb] = [0, 0, 0];
  for (let d = 0; d < a.length; d++) {
    ab += a[d]! * b[d]!;
    aa += a[d]! ** 2;
    bb += b[d]! ** 2;
  }
  return ab / Math.sqrt(aa * bb);
};

it.each(golden)(
  'embeds a voice of $pitchHz Hz, $seconds s long, as the reference does',
  async ({ pitchHz, seconds, spans, embeddings }) => {
    const found = await heard(voice(pitchHz, seconds), spans, 'embedding');
    expect(found).toHaveLength(embeddings.length);
    // 8-bit weights cost .003 on talks (see the card), and more on a voice as odd as this one.
    embeddings.forEach((embedding, i) => expect(cosine(embedding, found[i]!)).toBeGreaterThan(0.95));
  },
);

it('does not mind the level, over 40 dB', async () => {
  const samples = voice(150, 1.2);
  const [loud] = await heard(samples, [[0, 1200]], 'voice');
  const [soft] = await heard(
    samples.map((value) => value / 100),
    [[0, 1200]],
    'voice',
  );
  expect(cosine(loud!, soft!)).toBeGreaterThan(0.99);
});

it('gives a finite place to silence, and to a cough shorter than a window', async () => {
  const [silence] = await heard(new Float32Array(19_200), [[0, 1200]], 'voice');
  expect(silence!.every(Number.isFinite)).toBe(true);
  expect(silence).toHaveLength(settings.between.length);
  const [cough] = await heard(voice(150, 0.1), [[0, 100]], 'voice');
  expect(cough!.every(Number.isFinite)).toBe(true);
});

it('hears a window much the same whether it is asked for alone or with others', async () => {
  const samples = voice(150, 4);
  const spans: [number, number][] = [
    [0, 1200],
    [1400, 2600],
    [2800, 4000],
  ];
  const together = await heard(samples, spans, 'embedding');
  const alone = await heard(samples.subarray(1.4 * RATE_HZ, 2.6 * RATE_HZ), [[0, 1200]], 'embedding');
  expect(cosine(together[1]!, alone[0]!)).toBeGreaterThan(0.8);
});
