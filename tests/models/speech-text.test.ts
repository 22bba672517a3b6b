import tokenizer from 'llama-tokenizer-js';
import { describe, expect, test } from 'vitest';
import { emptyCache, greedyToken, nextCache } from '#models/speech/merged-decoder.ts';
import { MOONSHINE_TINY } from '#models/speech/moonshine-decoder.ts';
import { tokenLimit } from '#models/speech/moonshine.ts';
import { believable, textOf } from '#models/speech/recognised-text.ts';
import { loopStart } from '#models/speech/repetition.ts';
import { floats } from '#models/tensor.ts';

describe('from tokens to text', () => {
  test('marks outside the vocabulary and broken bytes are left out', () => {
    const tokens = tokenizer.encode('Hello there , friend', false);
    expect(textOf([1, ...tokens, 32_001, 32_700, 2])).toBe('Hello there, friend');
    // <0xC3> alone is half a character.
    expect(textOf([...tokens, 3 + 0xc3])).toBe('Hello there, friend');
    expect(textOf([])).toBe('');
    expect(textOf(tokenizer.encode('In the U.S.A. yes.To go', false))).toBe('In the U.S.A. yes. To go');
  });

  test('greedy choice is the last position, with its softmax probability', () => {
    const { token, probability } = greedyToken(Float32Array.of(9, 0, 0, 0, Math.log(3), 0), 3);
    expect(token).toBe(1);
    expect(probability).toBeCloseTo(0.6);
  });

  test('the cross-attention cache is only taken from the first step', () => {
    const outputs = Object.fromEntries(
      Object.keys(emptyCache(MOONSHINE_TINY)).map((name) => [
        name.replace('past_key_values', 'present'),
        floats(new Float32Array(36 * 8), [1, 8, 1, 36]),
      ]),
    );
    const first = nextCache(MOONSHINE_TINY, emptyCache(MOONSHINE_TINY), outputs, true);
    const hollow = { ...outputs, 'present.0.encoder.key': floats(new Float32Array(0), [0, 8, 1, 36]) };
    const second = nextCache(MOONSHINE_TINY, first, hollow, false);
    expect(Object.keys(second)).toHaveLength(24);
    expect(second['past_key_values.0.encoder.key']).toBe(first['past_key_values.0.encoder.key']);
    expect(() => nextCache(MOONSHINE_TINY, first, {}, true)).toThrow('present.0.decoder.key');
  });
});

describe('guards against made-up words', () => {
  test('a loop is cut to one round, honest repetition stays', () => {
    expect(loopStart([5, 6, 7, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9])).toBe(5);
    expect(loopStart([4, 4, 4])).toBeNull();
    expect(loopStart([4, 4, 4, 4, 4, 4])).toBe(1);
    expect(loopStart([1, 2, 3, 4, 5, 6])).toBeNull();
  });

  test('unsure words, bare punctuation and unsure phantoms are not believed', () => {
    expect(believable('I could not come.', 0.8)).toBe(true);
    expect(believable('I could not come.', 0.2)).toBe(false);
    expect(believable('...', 0.9)).toBe(false);
    expect(believable('Thank you.', 0.5)).toBe(false);
    expect(believable('Thank you.', 0.9)).toBe(true);
    expect(believable('所以有它', 0.9)).toBe(false);
    expect(believable('A café, 2 naïve coöperators.', 0.9)).toBe(true);
  });

  test('the token limit grows with the length', () => {
    expect(tokenLimit(16_000)).toBe(13);
    expect(tokenLimit(160_000)).toBe(71);
  });
});
