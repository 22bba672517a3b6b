/** The TypeScript path with the shipped int8 weights, against what the recipe's Python side wrote down. */
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, topCategory } from '#contract/emotion/categories.ts';
import { reading as readingSchema } from '#contract/emotion/evidence.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { modelManifest } from '#contract/models/manifest.ts';
import type { Tensor, Tensors } from '#models/tensor.ts';
import { createTextModel } from '#models/text/model.ts';
import type { TextItem } from '#models/text/quality.ts';
import { createTokenizer } from '#models/text/tokenizer.ts';

interface FixtureRow {
  text: string;
  ids: number[];
  probabilities: number[];
  fine: number[];
  mean: number[];
  sd: number[];
}
const weights = new URL('../../models/weights/text-emotion/', import.meta.url);
const json = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
const manifest = modelManifest.parse(json(new URL('manifest.json', weights)));
const tokenizerData = json(new URL('tokenizer.json', weights)) as object;
const { rows } = json(new URL('fixtures/text-emotion.json', import.meta.url)) as { rows: FixtureRow[] };
const model = createTextModel(manifest, tokenizerData);

let session: InferenceSession;
beforeAll(async () => {
  session = await InferenceSession.create(new URL('model.onnx', weights).pathname, {
    intraOpNumThreads: 1,
    executionProviders: ['cpu'],
  });
});

async function run(inputs: Tensors): Promise<Tensors> {
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, t]) => [name, new OrtTensor(t.type, t.data, t.dims)]),
  );
  const outputs = await session.run(feeds);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, t]) => [
      name,
      { type: 'float32', data: t.data as Float32Array, dims: t.dims } satisfies Tensor,
    ]),
  );
}
async function readAll(items: readonly TextItem[]): Promise<Reading[]> {
  const batch = model.prepare(items);
  return model.read(batch, await run(batch.inputs));
}
const readOne = async (item: TextItem): Promise<Reading> => (await readAll([item]))[0]!;

test.each(rows)('token ids of $text', ({ text, ids }) => {
  expect(createTokenizer(tokenizerData, 512, 1)(text).windows).toEqual([ids]);
});

describe('answers', () => {
  test('are those of the reference for texts that are read in full', async () => {
    const full = rows.filter((r) => r.ids.length <= 128);
    const readings = await readAll(full);
    let compared = 0;
    full.forEach((row, i) => {
      const reading = readings[i]!;
      const { readable } = model.prepare([row]).items[0]!.quality;
      if (readable < 1) return;
      compared++;
      row.probabilities.forEach((p, c) => expect(reading.probabilities[c]).toBeCloseTo(p, 4));
      Object.values(reading.fine).forEach((p, c) => expect(p).toBeCloseTo(row.fine[c]!, 4));
      expect(reading.dimensions.valence!.mean).toBeCloseTo(row.mean[0]!, 4);
      expect(reading.dimensions.arousal!.sd).toBeCloseTo(row.sd[1]!, 4);
    });
    expect(compared).toBeGreaterThan(14);
  });

  test('fit the contract, and probabilities sum to 1', async () => {
    for (const reading of await readAll(rows)) {
      expect(readingSchema.parse(reading)).toEqual(reading);
      expect(reading.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(Object.keys(reading.fine)).toEqual(manifest.labels);
      const { labels, fine } = reading;
      expect(labels).toEqual([...labels].sort((a, b) => fine[b]! - fine[a]!));
    }
  });

  test("don't depend on the batch, and keep its order", async () => {
    const together = await readAll(rows);
    const reversed = (await readAll([...rows].reverse())).reverse();
    for (const [i, row] of rows.entries()) {
      const alone = await readOne(row);
      for (const other of [together[i]!, reversed[i]!])
        alone.probabilities.forEach((p, c) => expect(other.probabilities[c]).toBeCloseTo(p, 5));
    }
  });

  test.each([
    ["I'm so happy for you, this is wonderful news!", 'happiness'],
    ['I miss her so much, I cried all night.', 'sadness'],
    ['How dare you? I hate you, you idiot!', 'anger'],
    ['I am so scared, please help me.', 'fear'],
    ['That is gross and disgusting, it makes me want to vomit.', 'disgust'],
    ['Wow, I did not expect that at all!', 'surprise'],
    ['The train leaves at nine from platform four.', 'neutral'],
  ])('plain case: %s reads as %s', async (text, category) => {
    expect(topCategory((await readOne({ text })).probabilities)).toBe(category);
  });

  test('valence goes the way the words go', async () => {
    const [good, bad] = await readAll([
      { text: 'What a beautiful, joyful day!' },
      { text: 'They tortured and killed the prisoners.' },
    ]);
    expect(good!.dimensions.valence!.mean).toBeGreaterThan(bad!.dimensions.valence!.mean + 0.2);
  });
});

describe('what the model cannot read', () => {
  const base = (manifest.settings['baseRate'] as { categories: number[] }).categories;

  test.each(['', '   ', '😂😂😂', '... !!! 12:30 ?', '\u0000'])(
    '%j has no letters: quality 0, the base rate, no label',
    async (text) => {
      const reading = await readOne({ text });
      expect(reading).toMatchObject({ quality: 0, reasons: ['no-letters'], labels: [] });
      reading.probabilities.forEach((p, c) => expect(p).toBeCloseTo(base[c]!, 5));
    },
  );

  test.each([
    ['我今天非常高兴，谢谢你！', 0.05],
    ['Я очень злюсь на тебя сегодня', 0.05],
    ['أنا سعيد جدا اليوم', 0.05],
    ['Ich bin heute so traurig und weiß nicht, was ich mit der Welt machen soll.', 0.2],
    ['Je suis tellement en colère, ce n’est pas possible avec vous !', 0.2],
  ])('%s is another language', async (text, atMost) => {
    const reading = await readOne({ text });
    expect(reading.quality).toBeLessThanOrEqual(atMost);
    expect(reading.reasons).toContain('other-language');
    expect(Math.max(...reading.probabilities)).toBeLessThan(0.6);
  });

  test('a row that says it is another language is believed', async () => {
    const english = await readOne({ text: 'I am so happy', language: 'en-GB' });
    const claimed = await readOne({ text: 'I am so happy', language: 'nl' });
    expect(english.quality).toBeGreaterThan(0.5);
    expect(claimed.quality).toBeLessThan(0.2);
  });

  test('an unsure recogniser lowers quality in proportion', async () => {
    const sure = await readOne({ text: 'we talked about it all afternoon', recogniserConfidence: 1 });
    const unsure = await readOne({ text: 'we talked about it all afternoon', recogniserConfidence: 0.4 });
    expect(unsure.quality).toBeCloseTo(0.4 * sure.quality, 6);
    expect(unsure.reasons).toContain('recogniser-unsure');
  });
});

test('a very long text is read in windows, in bounded time', async () => {
  const long = 'I was so angry that I could not sleep. '.repeat(20_000);
  const batch = model.prepare([{ text: long }, { text: 'ok then' }]);
  expect(Object.values(batch.inputs)[0]!.dims).toEqual([33, 128]);
  const reading = await readOne({ text: long.slice(0, 4000) });
  expect(topCategory(reading.probabilities)).toBe('anger');
  expect(CATEGORIES).toHaveLength(reading.probabilities.length);
});
