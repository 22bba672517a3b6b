import { leastConfidence } from '#models/metrics/abstention.ts';
import { seededRandom } from '#models/metrics/random.ts';
import { expect, it } from 'vitest';

const item = (confidence: number, right: boolean) => ({ confidence, right });

it('answers from the least confidence whose answers are wrong seldom enough, the next one counted as wrong', () => {
  const items = [item(0.9, true), item(0.8, true), item(0.7, true), item(0.6, false), item(0.5, true)];
  // (0 + 1) / (3 + 1) at .7; (1 + 1) / (5 + 1) at .5.
  expect(leastConfidence(items, 0.25)).toBe(0.7);
  expect(leastConfidence(items, 0.34)).toBe(0.5);
  expect(leastConfidence(items, 0.1)).toBe(Infinity);
});

it('gives or holds back equally sure items together', () => {
  const items = [item(0.9, true), item(0.9, true), item(0.9, true), item(0.9, false)];
  expect(leastConfidence(items, 0.25)).toBe(Infinity);
  expect(leastConfidence(items, 0.4)).toBe(0.9);
});

it('keeps what it promises on other items of the same kind', () => {
  const random = seededRandom(7);
  const drawn = () =>
    Array.from({ length: 1500 }, () => {
      const confidence = random();
      return item(confidence, random() < confidence);
    });
  const shares = Array.from({ length: 40 }, () => {
    const least = leastConfidence(drawn(), 0.2);
    const given = drawn().filter(({ confidence }) => confidence >= least);
    return given.filter(({ right }) => !right).length / given.length;
  });
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(0.2, 1.7);
});
