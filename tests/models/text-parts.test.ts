import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AttuneError } from '#contract/errors.ts';
import { modelManifest } from '#contract/models/manifest.ts';
import { paddedInputs } from '#models/text/batch.ts';
import { gramBuckets } from '#models/text/grams.ts';
import { lettersOf, looksForeign, modelLanguage } from '#models/text/language.ts';
import { primaryLanguage } from '#models/text/language-tag.ts';
import { createTextModel } from '#models/text/model.ts';
import { normaliseText, wordsOf } from '#models/text/normalise.ts';
import { softmax } from '#models/softmax.ts';
import { rowOutputs } from '#models/text/outputs.ts';
import { textQuality } from '#models/text/quality.ts';
import { parseTextSettings } from '#models/text/settings.ts';
import { createTokenizer } from '#models/text/tokenizer.ts';

const weights = new URL('../../models/weights/text-emotion/', import.meta.url);
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, weights), 'utf8'));
const manifest = modelManifest.parse(json('manifest.json'));
const tokenizerData = json('tokenizer.json') as object;
const tokenizer = (maxTokens: number, maxWindows: number, contextTokens = 0) =>
  createTokenizer(tokenizerData, { maxTokens, maxWindows, contextTokens });

describe('text', () => {
  test('quotes and white space are made plain', () => {
    expect(normaliseText(' don’t \n “stop”\t now ')).toBe('don\'t "stop" now');
  });
  test('entities, addresses, account names, emoji and written line ends become plain words', () => {
    expect(normaliseText('R&amp;D by @some_one: https://a.b/c?d 😡🏽\\nok', { '😡': 'angry' })).toBe(
      'R&D by @user: link angry ok',
    );
  });
  test('words are runs of letters with apostrophes inside', () => {
    expect(wordsOf("I can't, 42 naïve cafe\u0301s… 'quoted'")).toEqual([
      'I',
      "can't",
      'naïve',
      'cafe\u0301s',
      'quoted',
    ]);
  });
  test('letters by script', () => {
    expect(lettersOf('abc где 我は')).toEqual({ all: 8, latin: 3, han: 1, notChinese: 1 });
  });
  test.each([
    ['I am fine', 'en'],
    ['', 'en'],
    ['12 😂', 'en'],
    ['我很高兴 but also worried', 'zh'],
    ['He said 你好 to me and then he left the room again', 'en'],
    ['I 很 happy 因为 we won', 'zh'],
    ['會議十點開始', 'zh'],
    ['とても嬉しいです、今日は', 'en'],
  ])('%s is for the model of %s', (text, language) => {
    expect(modelLanguage(text)).toBe(language);
  });
  test.each([
    ["I don't know what you mean by that and it is not funny", false],
    ['no', false],
    ['c’est la vie, he said to me', false],
    ['ich weiß nicht, was das ist und wie es geht', true],
    ['nie wiem co to jest ale to bardzo dobre', true],
    ['no sé qué es lo que me pasa con esto', true],
    ['Relaksujące piosnki poprawiają nastrój', true],
    ['i cried and i screamed i guess', false],
    ['unbelievable shenanigans', false],
  ])('%s: foreign %s', (text, foreign) => {
    const { continuations } = tokenizer(128, 1)(text, []);
    expect(looksForeign(wordsOf(normaliseText(text)), continuations)).toBe(foreign);
  });
});

describe('the language that somebody says a text is in', () => {
  test.each([
    ['en', 'en eng EN en-GB en_US en_US.UTF-8 English British\u00a0English 英语'],
    ['zh', 'zh zho chi cmn cmn-Hans zh_CN ZH-TW Chinese Mandarin 中文 普通话 汉语'],
    ['yue', 'yue yue-HK'],
    ['de', 'de deu ger de_DE'],
    ['klingon', 'Klingon'],
  ])('%s: %s', (language, tags) => {
    for (const tag of tags.split(' ')) expect([tag, primaryLanguage(tag)]).toEqual([tag, language]);
  });
  test.each(['eng', 'zho', 'cmn-Hans', 'zh_CN', 'English', '中文'])('%s is none that is foreign', (tag) => {
    expect(qualityOf({ language: tag }).reasons).toEqual([]);
  });
  test.each(['de', 'deu', 'German', 'und'])('%s is', (tag) => {
    expect(qualityOf({ language: tag }).reasons).toEqual(['other-language']);
  });
  const qualityOf = (known: { language: string }) => {
    const text = 'What a day it was';
    return textQuality(text, { text, ...known }, tokenizer(128, 1)(text, []), 'en');
  };
});

describe('windows and batches', () => {
  test('a long text is cut evenly, nothing lost up to the limit', () => {
    const text = 'word '.repeat(300);
    const whole = tokenizer(512, 1)(text, []);
    const { rows, tokens } = tokenizer(128, 8)(text, []);
    expect(tokens).toBe(300);
    expect(rows.map((row) => row.target)).toEqual([102, 102, 102]);
    expect(rows.flatMap((row) => row.ids.slice(1, -1))).toEqual(whole.rows[0]!.ids.slice(1, -1));
  });
  test('of a text with more than fits, whole windows lie evenly from its beginning to its end', () => {
    const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
    const ids = tokenizer(512, 1)(words.join(' '), []).rows[0]!.ids.slice(1, -1);
    expect(ids).toHaveLength(words.length);
    const read = (text: string) => tokenizer(8, 3)(text, []).rows.map((row) => row.ids.slice(1, -1));
    const several = words.map((word) => `${word} `.repeat(6)).join('');
    expect(read(several)).toEqual(
      [ids[0], ids[4], ids[9]]
        .map((id) => Array<number>(6).fill(id!))
        .map((window, w) =>
          w === 1 ? [...Array<number>(3).fill(ids[4]!), ...Array<number>(3).fill(ids[5]!)] : window,
        ),
    );
    // So long that not all of it is tokenised.
    const long = words.map((word) => `${word} `.repeat(400)).join('');
    const [first, middle, last] = read(long);
    expect([first![0], last![5]]).toEqual([ids[0], ids[9]]);
    expect(ids.slice(3, 7)).toContain(middle![0]);
    expect([first, middle, last].map((window) => window!.length)).toEqual([6, 6, 6]);
    expect(tokenizer(8, 1)(long, []).rows[0]!.ids[1]).toBe(ids[0]);
  });
  test('an empty text is one row of two special tokens', () => {
    expect(tokenizer(128, 8)('', [])).toEqual({
      rows: [{ ids: [101, 102], target: 2 }],
      tokens: 0,
      unknown: 0,
      continuations: 0,
    });
  });
  test('what was said before follows, the nearest of it, as far as there is room', () => {
    const read = tokenizer(128, 8, 6);
    const [ok, where, here] = ['ok', 'where', 'here'].map((w) => tokenizer(8, 1)(w, []).rows[0]!.ids[1]!);
    expect(read('ok', ['where', 'here']).rows).toEqual([
      { ids: [101, ok, 102, where, 102, here, 102], target: 3 },
    ]);
    expect(read('ok', ['where where where where', 'here']).rows[0]!.ids.slice(3)).toEqual([
      ...[where, where, where, 102],
      ...[here, 102],
    ]);
    expect(read('word '.repeat(300), ['here']).rows.every((row) => row.ids.length === row.target)).toBe(true);
  });
  test('rows are padded with 0 and masked', () => {
    const inputs = paddedInputs(
      [
        { ids: [5, 6, 7], target: 2, grams: [9] },
        { ids: [8], target: 1, grams: [] },
      ],
      { ids: 'ids', mask: 'mask', target: 'target', grams: 'grams' },
    );
    expect(inputs.ids).toEqual({ type: 'int32', data: Int32Array.of(5, 6, 7, 8, 0, 0), dims: [2, 3] });
    expect(inputs.mask!.data).toEqual(Int32Array.of(1, 1, 1, 1, 0, 0));
    expect(inputs.target!.data).toEqual(Int32Array.of(1, 1, 0, 1, 0, 0));
    expect(inputs.grams).toEqual({ type: 'int32', data: Int32Array.of(9, -1), dims: [2, 1] });
    const names = { ids: 'ids', mask: 'mask', target: 'target' };
    expect(Object.keys(paddedInputs([{ ids: [5], target: 1, grams: [] }], names))).toEqual([
      'ids',
      'mask',
      'target',
    ]);
  });
  test('runs are counted once, and a text of any length gives a bounded number', () => {
    expect(gramBuckets('')).toEqual([]);
    expect(gramBuckets('Ab')).toEqual(gramBuckets('aB'));
    // no, !, "no !", "! no"; then " n", "no", "o ", " !", "! ", " no", "no ", " ! ", " no ".
    expect(gramBuckets('No! no').length).toBe(4 + 9);
    const words = Array.from({ length: 3000 }, (_, i) => `w${i}`).join(' ');
    expect(gramBuckets(words).length).toBe(512);
  });
});

describe('outputs', () => {
  test('softmax with a temperature', () => {
    const p = softmax([Math.log(1), Math.log(9)], 2);
    expect(p[1]! / p[0]!).toBeCloseTo(3, 10);
  });
  test('a missing or misshapen output is refused with a code', () => {
    expect(() => rowOutputs({}, 1, 28, parseTextSettings(manifest.settings))).toThrow(
      expect.objectContaining({ code: 'model-incompatible' }),
    );
  });
});

describe('damaged parts', () => {
  test('a vocabulary that is no vocabulary', () => {
    expect(() => createTextModel(manifest, { model: 1 })).toThrow(
      expect.objectContaining({ code: 'model-damaged' }),
    );
  });
  test('settings of another model', () => {
    expect(() => createTextModel({ ...manifest, settings: {} }, tokenizerData)).toThrow(AttuneError);
    expect(() => createTextModel({ ...manifest, labels: ['one'] }, tokenizerData)).toThrow(AttuneError);
  });
});
