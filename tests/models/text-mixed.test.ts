/** Texts of English and Chinese words: who reads them, and how two answers become one. */
import { describe, expect, test } from 'vitest';
import { CATEGORIES, topCategory } from '#contract/emotion/categories.ts';
import type { Category } from '#contract/emotion/categories.ts';
import { reading as readingSchema } from '#contract/emotion/evidence.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { readTogether } from '#models/text/mixed.ts';
import type { ModelAnswer } from '#models/text/mixed.ts';
import { englishPartOf, readerOf } from '#models/text/reader.ts';

describe('who reads', () => {
  test.each([
    ['Honestly this meeting made me feel really really 难过 you know', 'both'],
    ['他说 I love you so much 就挂了，我哭了', 'both'],
    ['我今天很happy', 'both'],
    ['I’m 慌', 'both'],
    ['I love 北京', 'both'],
    // One language.
    ['I am so happy today', 'en'],
    ['我今天很开心', 'zh'],
    ['42', 'en'],
    ['', 'en'],
    // A name, an abbreviation, a loan, an address, a file.
    ['刚抢到 Coldplay 的票', 'zh'],
    ['我的 iPhone 又被偷了', 'zh'],
    ['OK 没问题', 'zh'],
    ['用这个 app 登记一下', 'zh'],
    ['发到 bob@example.com 吧', 'zh'],
    ['看这个 https://example.com/really/sad', 'zh'],
    ['把 report.pdf 发我', 'zh'],
    ['T恤很好看', 'zh'],
    // A word that the other language denies.
    ['我不是 angry', 'zh'],
    ['I’m not really 生气 with you', 'en'],
    ['你是不是 angry', 'both'],
    ["I'm not going out, 气死我了", 'both'],
    // Too little of the other language.
    ['My friend 明 and I went to the market on Saturday and then we had a long lunch with her aunt', 'en'],
    // A third language.
    ['我很 triste porque te fuiste', 'zh'],
    ['Привет 我很 happy', 'zh'],
    ['悲しい day today', 'en'],
    ['最悪 day today', 'en'],
  ])('%s: %s', (text, reader) => {
    expect(readerOf(text)).toBe(reader);
  });

  test('the English model is given no Chinese characters nor signs', () => {
    expect(englishPartOf('他说：“I love you！”，就挂了 (again)')).toBe('“I love you ”  (again)');
    expect(englishPartOf('难过。')).toBe('');
  });
});

const distribution = (given: Partial<Record<Category, number>>): number[] => {
  const left = 1 - Object.values(given).reduce((a, b) => a + b, 0);
  const rest = left / (CATEGORIES.length - Object.keys(given).length);
  return CATEGORIES.map((c) => given[c] ?? rest);
};
const BASE = distribution({ neutral: 0.3 });
const answer = (given: Partial<Record<Category, number>>, other: Partial<Reading> = {}): ModelAnswer => ({
  baseRates: BASE,
  reading: {
    probabilities: distribution(given),
    fine: {},
    labels: [],
    dimensions: { valence: { mean: 0, sd: 0.1 } },
    quality: 1,
    reasons: [],
    ...other,
  },
});
const unread: ModelAnswer = {
  baseRates: BASE,
  reading: { ...answer({}).reading, probabilities: BASE, quality: 0, reasons: ['no-letters'] },
};
const p = (answers: readonly ModelAnswer[], c: Category): number =>
  readTogether(answers).probabilities[CATEGORIES.indexOf(c)]!;

describe('two answers', () => {
  const sad = answer({ sadness: 0.7, neutral: 0.1 });
  const plain = answer({ neutral: 0.95 });

  test('fit the contract together, and their order means nothing', () => {
    const together = readTogether([sad, plain]);
    expect(readingSchema.parse(together)).toEqual(together);
    expect(together.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    readTogether([plain, sad]).probabilities.forEach((x, c) =>
      expect(x).toBeCloseTo(together.probabilities[c]!, 12),
    );
  });

  test('words without a feeling say nothing against a feeling in the other language', () => {
    expect(p([sad, plain], 'sadness')).toBeGreaterThan(0.65);
    expect(p([plain, plain], 'neutral')).toBeCloseTo(0.95, 6);
  });

  test('what both find is surer than what one finds', () => {
    expect(p([sad, sad], 'sadness')).toBeGreaterThan(p([sad, plain], 'sadness'));
  });

  test('of two feelings the surer one wins', () => {
    const glad = answer({ happiness: 0.4, neutral: 0.3 });
    expect(topCategory(readTogether([sad, glad]).probabilities)).toBe('sadness');
  });

  test('where there is no letter to read for one, the answer is the other’s; for both, the base rates', () => {
    for (const other of [sad, plain])
      readTogether([unread, other]).probabilities.forEach((x, c) =>
        expect(x).toBeCloseTo(other.reading.probabilities[c]!, 6),
      );
    readTogether([unread, unread]).probabilities.forEach((x, c) => expect(x).toBeCloseTo(BASE[c]!, 6));
  });

  test('a model that is certain doesn’t rule out what the other finds', () => {
    const sure = answer({ happiness: 1 });
    expect(p([sure, answer({ neutral: 1 })], 'happiness')).toBeGreaterThan(0.85);
    expect(p([sure, sad], 'sadness')).toBeGreaterThan(0.05);
  });

  test('of dimensions the mean, with an sd that grows where they differ', () => {
    const low = answer({}, { dimensions: { valence: { mean: -0.3, sd: 0.1 } } });
    const high = answer({}, { dimensions: { valence: { mean: 0.3, sd: 0.1 } } });
    const { valence } = readTogether([low, high]).dimensions;
    expect(valence!.mean).toBeCloseTo(0, 12);
    expect(valence!.sd).toBeCloseTo(Math.sqrt(0.1), 6);
    expect(readTogether([low, low]).dimensions.valence!.sd).toBeCloseTo(0.1, 6);
  });

  test('labels are those of the models that the answer agrees with; quality is the lower one; no intensity', () => {
    const glad = answer(
      { happiness: 0.35, neutral: 0.3 },
      {
        fine: { joy: 0.4, sadness: 0.1 },
        labels: ['joy'],
        quality: 0.5,
        reasons: ['recogniser-unsure'],
        intensity: { happiness: 0.6 },
      },
    );
    const grieving = answer(
      { sadness: 0.7, neutral: 0.1 },
      { fine: { sadness: 0.8, like: 0.05 }, labels: ['sadness'] },
    );
    const together = readTogether([glad, grieving]);
    expect(together).toMatchObject({ labels: ['sadness'], quality: 0.5, reasons: ['recogniser-unsure'] });
    expect(together.fine).toEqual({ joy: 0.4, sadness: 0.8, like: 0.05 });
    expect(together).not.toHaveProperty('intensity');
  });
});
