/** The TypeScript path with the shipped int8 weights, against what the recipe's Python side wrote down: English. */
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, topCategory } from '#contract/emotion/categories.ts';
import { reading as readingSchema } from '#contract/emotion/evidence.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { softmax } from '#models/softmax.ts';
import { sigmoid } from '#models/text/outputs.ts';
import type { TextItem } from '#models/text/quality.ts';
import { parseTextSettings } from '#models/text/settings.ts';
import { expectNear, shippedText } from './text-golden.ts';
import type { ShippedText } from './text-golden.ts';

let english: ShippedText;
beforeAll(async () => {
  english = await shippedText('text-emotion');
});
const readOne = async (item: TextItem): Promise<Reading> => (await english.readAll([item]))[0]!;

describe('answers', () => {
  test("are made of the graph's outputs as the reference makes them, for texts that are read in full", () => {
    const { temperature } = parseTextSettings(english.manifest.settings);
    let compared = 0;
    for (const row of english.golden.filter(({ target }) => target < 128)) {
      const reading = english.readRecorded(row);
      const prepared = english.model.prepare([row])[0]!.items[0]!;
      if (prepared.quality.readable < 1) continue;
      compared++;
      const logits = prepared.talk ? row.talk_logits : (row['category_logits'] as number[]);
      softmax(logits, prepared.talk ? temperature.talk : temperature.alone).forEach((p, c) =>
        expect(reading.probabilities[c]).toBeCloseTo(p, 4),
      );
      const fine = row['fine_logits'] as number[];
      Object.values(reading.fine).forEach((p, c) => expect(p).toBeCloseTo(sigmoid(fine[c]!), 4));
      expect(reading.dimensions.valence!.mean).toBeCloseTo(row.vad_mean[0]!, 4);
      expect(reading.dimensions.arousal!.sd).toBeCloseTo(row.vad_sd[1]!, 4);
      const [happiness] = row['intensity'] as number[];
      expect(reading.intensity!.happiness).toBeCloseTo(happiness!, 4);
    }
    expect(compared).toBeGreaterThan(14);
  });

  test('are those of the reference, but for what another processor rounds', () => expectNear(english));

  test('fit the contract, and probabilities sum to 1', async () => {
    for (const reading of await english.readAll(english.golden)) {
      expect(readingSchema.parse(reading)).toEqual(reading);
      expect(reading.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(Object.keys(reading.fine)).toEqual(english.manifest.labels);
      const { labels, fine } = reading;
      expect(labels).toEqual([...labels].sort((a, b) => fine[b]! - fine[a]!));
    }
  });

  test("don't depend on the batch, and keep its order", async () => {
    const together = await english.readAll(english.golden);
    const reversed = (await english.readAll([...english.golden].reverse())).reverse();
    for (const [i, row] of english.golden.entries()) {
      const alone = await readOne(row);
      for (const other of [together[i]!, reversed[i]!])
        alone.probabilities.forEach((p, c) => expect(other.probabilities[c]).toBeCloseTo(p, 5));
    }
  });

  test('the first turn of a talk is read as a turn of talk, not as a text alone', async () => {
    const [turn, alone] = await english.readAll([{ text: 'What?', context: [] }, { text: 'What?' }]);
    const differences = turn!.probabilities.map((p, c) => Math.abs(p - alone!.probabilities[c]!));
    expect(Math.max(...differences)).toBeGreaterThan(0.05);
  });

  test('the same words after other words read otherwise, and only then', async () => {
    const joy = ['They found her.', 'Alive and well!', 'She is coming home tonight!'];
    const danger = ['There is somebody in the house.', 'He has a knife!', 'Run!'];
    const [afterJoy, afterDanger, again] = await english.readAll(
      [joy, danger, joy].map((context) => ({ text: 'Oh my God!', context })),
    );
    const differences = afterJoy!.probabilities.map((p, c) => Math.abs(p - afterDanger!.probabilities[c]!));
    expect(Math.max(...differences)).toBeGreaterThan(0.005);
    afterJoy!.probabilities.forEach((p, c) => expect(again!.probabilities[c]).toBeCloseTo(p, 6));
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
    const [good, bad] = await english.readAll([
      { text: 'What a beautiful, joyful day!' },
      { text: 'They tortured and killed the prisoners.' },
    ]);
    expect(good!.dimensions.valence!.mean).toBeGreaterThan(bad!.dimensions.valence!.mean + 0.2);
  });
});

describe('what the model cannot read', () => {
  test.each(['', '   ', '😂😂😂', '... !!! 12:30 ?', '\u0000'])(
    '%j has no letters: quality 0, the base rate, no label',
    async (text) => {
      const reading = await readOne({ text });
      expect(reading).toMatchObject({ quality: 0, reasons: ['no-letters'], labels: [] });
      const { categories } = parseTextSettings(english.manifest.settings).baseRate;
      reading.probabilities.forEach((p, c) => expect(p).toBeCloseTo(categories[c]!, 5));
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
    const tagged = await readOne({ text: 'I am so happy', language: 'en-GB' });
    const claimed = await readOne({ text: 'I am so happy', language: 'nl' });
    expect(tagged.quality).toBeGreaterThan(0.5);
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
  const batches = english.model.prepare([{ text: long }, { text: 'ok then' }]);
  expect(batches.map(({ places }) => places)).toEqual([[1], [0]]);
  expect(Object.values(batches[1]!.inputs)[0]!.dims).toEqual([32, 128]);
  const reading = await readOne({ text: long.slice(0, 4000) });
  expect(topCategory(reading.probabilities)).toBe('anger');
  expect(CATEGORIES).toHaveLength(reading.probabilities.length);
});
