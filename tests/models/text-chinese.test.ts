/** The Chinese model through the TypeScript path, against what the recipe's Python side wrote down. */
import { beforeAll, describe, expect, test } from 'vitest';
import { topCategory } from '#contract/emotion/categories.ts';
import { reading as readingSchema } from '#contract/emotion/evidence.ts';
import { softmax } from '#models/softmax.ts';
import { parseTextSettings } from '#models/text/settings.ts';
import { expectNear, shippedText } from './text-golden.ts';
import type { ShippedText } from './text-golden.ts';

let chinese: ShippedText;
beforeAll(async () => {
  chinese = await shippedText('text-emotion-zh');
});

test("answers are made of the graph's outputs as the reference makes them", () => {
  const { temperature, baseRate, talkRatesTakenBack: share } = parseTextSettings(chinese.manifest.settings);
  let compared = 0;
  for (const row of chinese.golden.filter(({ target }) => target < 128)) {
    const { quality, talk } = chinese.model.prepare([row])[0]!.items[0]!;
    if (quality.readable < 1) continue;
    compared++;
    const reading = chinese.readRecorded(row);
    const fine = softmax(row['weibo_logits'] as number[], temperature.alone);
    Object.values(reading.fine).forEach((p, c) => expect(p).toBeCloseTo(fine[c]!, 4));
    if (talk) {
      const raised = softmax(row.talk_logits, temperature.talk).map(
        (p, c) => p * baseRate.talk[c]! ** -share,
      );
      const sum = raised.reduce((a, b) => a + b, 0);
      raised.forEach((p, c) => expect(reading.probabilities[c]).toBeCloseTo(p / sum, 4));
    }
    // Liking counts as happiness where the seven categories are asked for.
    else expect(reading.probabilities[1]).toBeCloseTo(fine[1]! + fine[2]!, 4);
    expect(reading.dimensions.valence!.mean).toBeCloseTo(row.vad_mean[0]!, 4);
  }
  expect(compared).toBeGreaterThan(6);
});

test('answers are those of the reference, but for what another processor rounds', () => expectNear(chinese));

test('what is said in talk isn’t surely neutral because most of the training talk was', async () => {
  const said =
    '我好孤独 我觉得自己很失败 你们的服务太差了 我每天都想哭 我妈妈去年去世了 我很难过 我们分手了 别碰我！滚开！ 我怕他会再打我'.split(
      ' ',
    );
  const readings = await chinese.readAll(said.map((text) => ({ text, context: ['你今天怎么样？'] })));
  // .71 before a part of the rates was taken back.
  expect(readings.reduce((sum, r) => sum + r.probabilities[0]!, 0) / said.length).toBeLessThan(0.66);
});

test('answers fit the contract, and both distributions sum to 1', async () => {
  for (const reading of await chinese.readAll(chinese.golden)) {
    expect(readingSchema.parse(reading)).toEqual(reading);
    expect(Object.keys(reading.fine)).toEqual(chinese.manifest.labels);
    for (const p of [reading.probabilities, Object.values(reading.fine)])
      expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
  }
});

describe('plain cases', () => {
  test.each([
    ['我今天真的太开心了，谢谢你们！', 'happiness'],
    ['我好难过，一个人哭了一整晚。', 'sadness'],
    ['气死我了，你怎么能这样对我！滚！', 'anger'],
  ])('%s reads as %s', async (text, category) => {
    const [reading] = await chinese.readAll([{ text }]);
    expect(topCategory(reading!.probabilities)).toBe(category);
    expect(reading!.quality).toBeGreaterThan(0.7);
  });

  test('English words among Chinese ones are read, other languages are not', async () => {
    const [mixed, japanese] = await chinese.readAll([
      { text: '我今天很 happy，因为 we won' },
      { text: 'とても嬉しいです、今日はありがとう' },
    ]);
    expect(mixed!.quality).toBeGreaterThan(0.7);
    expect(japanese!.quality).toBeLessThan(0.2);
    expect(japanese!.reasons).toContain('other-language');
  });
});
