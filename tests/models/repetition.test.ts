import { variety } from '#models/text/repetition.ts';
import { expect, it } from 'vitest';

it('finds nothing to object to in what people write, long or short', () => {
  for (const text of [
    'no',
    'No no no no no!',
    '哈哈哈哈哈哈哈哈',
    'I love you. '.repeat(8),
    'sooooooooooo happy',
  ])
    expect(variety(text)).toBe(1);
  expect(variety(Array.from({ length: 900 }, (_, i) => `thing ${i} went well`).join(', '))).toBe(1);
});

it('sees the same signs over and over', () => {
  expect(variety('a'.repeat(500))).toBeLessThan(0.2);
  expect(variety('好'.repeat(100_000))).toBeLessThan(0.02);
  expect(variety('🙂'.repeat(3000))).toBeLessThan(0.1);
  expect(variety('so sad '.repeat(3000))).toBeLessThan(0.2);
});
