import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AttuneError } from '#contract/errors.ts';
import { modelManifest } from '#contract/models/manifest.ts';
import { groupsByLength, paddedInputs } from '#models/text/batch.ts';
import { latinShare, looksForeign } from '#models/text/language.ts';
import { createTextModel } from '#models/text/model.ts';
import { normaliseText, wordsOf } from '#models/text/normalise.ts';
import { softmax, windowOutputs } from '#models/text/outputs.ts';
import { createTokenizer } from '#models/text/tokenizer.ts';

const weights = new URL('../../models/weights/text-emotion/', import.meta.url);
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, weights), 'utf8'));
const manifest = modelManifest.parse(json('manifest.json'));
const tokenizerData = json('tokenizer.json') as object;

describe('text', () => {
  test('quotes and white space are made plain', () => {
    expect(normaliseText(' don’t \n “stop”\t now ')).toBe('don\'t "stop" now');
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
  test('share of Latin letters', () => {
    expect(latinShare('abc где')).toBeCloseTo(0.5);
    expect(latinShare('123 😂')).toBeUndefined();
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
    const { continuations } = createTokenizer(tokenizerData, 128, 1)(text);
    expect(looksForeign(wordsOf(normaliseText(text)), continuations)).toBe(foreign);
  });
});

describe('windows and batches', () => {
  test('a long text is cut evenly, nothing lost up to the limit', () => {
    const text = 'word '.repeat(300);
    const whole = createTokenizer(tokenizerData, 512, 1)(text);
    const { windows, tokens } = createTokenizer(tokenizerData, 128, 8)(text);
    expect(tokens).toBe(300);
    expect(windows.map((w) => w.length)).toEqual([102, 102, 102]);
    expect(windows.flatMap((w) => w.slice(1, -1))).toEqual(whole.windows[0]!.slice(1, -1));
    expect(createTokenizer(tokenizerData, 32, 2)(text).tokens).toBe(60);
  });
  test('an empty text is one window of two special tokens', () => {
    expect(createTokenizer(tokenizerData, 128, 8)('')).toEqual({
      windows: [[101, 102]],
      tokens: 0,
      unknown: 0,
      continuations: 0,
    });
  });
  test('rows are padded with 0 and masked', () => {
    const { ids, mask } = paddedInputs([[5, 6, 7], [8]], { ids: 'ids', mask: 'mask' });
    expect(ids).toEqual({ type: 'int32', data: Int32Array.of(5, 6, 7, 8, 0, 0), dims: [2, 3] });
    expect(mask!.data).toEqual(Int32Array.of(1, 1, 1, 1, 0, 0));
  });
  test('groups hold every place once, similar lengths together', () => {
    const groups = groupsByLength(['aaaa', 'b', 'ccc', 'dd', 'e'], 2);
    expect(groups).toEqual([[1, 4], [3, 2], [0]]);
    expect(groupsByLength([], 4)).toEqual([]);
  });
});

describe('outputs', () => {
  test('softmax with a temperature', () => {
    const p = softmax([Math.log(1), Math.log(9)], 2);
    expect(p[1]! / p[0]!).toBeCloseTo(3, 10);
  });
  test('a missing or misshapen output is refused with a code', () => {
    const names = { fine: 'f', categories: 'c', vadMean: 'm', vadSd: 's' };
    expect(() => windowOutputs({}, 1, 28, names)).toThrow(
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
