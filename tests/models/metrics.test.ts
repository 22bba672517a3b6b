/** Metrics against numbers worked out by hand, scikit-learn's on the same rows, and closed forms. */
import { describe, expect, it } from 'vitest';
import { bootstrap, quantile } from '#models/metrics/bootstrap.ts';
import {
  accuracy,
  macroF1,
  macroF1OfLabels,
  unweightedAverageRecall,
  weightedF1,
} from '#models/metrics/classification.ts';
import { accuracyAtCoverage, calibrationError, gainOfAbstaining } from '#models/metrics/confidence.ts';
import { oneOf, sampled, seededRandom, shuffled } from '#models/metrics/random.ts';
import { pearson } from '#models/metrics/regression.ts';

const answers = (truth: string, guess: string) =>
  Array.from(truth, (t, i) => ({ truth: t, guess: guess[i]! }));

describe('single answers', () => {
  // a: 2 of 3 found, 3 answered; b: 2 of 2 found, 3 answered; c: 0 of 1.
  const items = answers('aaabbc', 'aabbba');

  it('gives the recalls, precisions and their means that one counts by hand', () => {
    expect(accuracy(items)).toBeCloseTo(4 / 6, 12);
    expect(unweightedAverageRecall(items)).toBeCloseTo((2 / 3 + 1 + 0) / 3, 12);
    expect(macroF1(items)).toBeCloseTo((2 / 3 + 4 / 5 + 0) / 3, 12);
    expect(weightedF1(items)).toBeCloseTo((3 * (2 / 3) + 2 * (4 / 5)) / 6, 12);
  });

  it('counts a class that is only answered against macro-F1, and not into the recall', () => {
    expect(unweightedAverageRecall(answers('aa', 'ax'))).toBe(0.5);
    expect(macroF1(answers('aa', 'ax'))).toBeCloseTo(2 / 3 / 2, 12);
  });

  it('gives chance where the answer never changes', () => {
    expect(unweightedAverageRecall(answers('abcdefg', 'aaaaaaa'))).toBeCloseTo(1 / 7, 12);
  });
});

it('counts several labels an item as questions of their own', () => {
  const items = [
    { truth: ['joy', 'love'], guess: ['joy'] },
    { truth: ['joy'], guess: ['joy', 'fear'] },
    { truth: ['love'], guess: ['love'] },
  ];
  // joy 1, love 2/3, fear 0.
  expect(macroF1OfLabels(items)).toBeCloseTo((1 + 2 / 3 + 0) / 3, 12);
});

describe('confidence', () => {
  const sure = (confidence: number, ...right: boolean[]) => right.map((r) => ({ confidence, right: r }));

  it('is calibrated when each bin is right as often as it says', () => {
    expect(calibrationError([...sure(0.75, true, true, true, false), ...sure(0.5, true, false)])).toBe(0);
  });

  it('weighs each bin’s gap by its items', () => {
    const items = [...sure(0.9, true, false), ...sure(0.3, false, false, false)];
    expect(calibrationError(items)).toBeCloseTo((2 * 0.4 + 3 * 0.3) / 5, 12);
  });

  it('is the whole distance where one is always sure and always wrong', () => {
    expect(calibrationError(sure(1, false, false))).toBe(1);
  });

  it('leaves the least sure out first', () => {
    const items = [...sure(0.9, true, true, true, true), ...sure(0.2, false)];
    expect(accuracyAtCoverage(items, 0.8)).toBe(1);
    expect(gainOfAbstaining(items)).toBeCloseTo(0.2, 12);
  });
});

describe('ratings', () => {
  const items = [1, 2, 3, 5, 8].map((truth, i) => ({ truth, guess: [2, 1, 4, 4, 9][i]! }));

  it('agrees with numpy', () => {
    expect(pearson(items)).toBeCloseTo(0.9353686755098685, 12);
  });

  it('does not see a shift', () => {
    expect(pearson(items.map(({ truth, guess }) => ({ truth, guess: guess + 0.5 })))).toBeCloseTo(
      pearson(items),
      12,
    );
  });

  it('is undefined where nothing varies', () => {
    expect(pearson([1, 2, 3].map((truth) => ({ truth, guess: 7 })))).toBeNaN();
  });
});

describe('bootstrap', () => {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  /** Sum of twelve uniforms: close to a standard normal. */
  const normals = (count: number, seed: number): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () =>
      Array.from({ length: 12 }, random).reduce((sum, u) => sum + u - 0.5, 0),
    );
  };

  it('holds the true mean in about 95 % of 200 samples of 80', () => {
    const held = Array.from({ length: 200 }, (_, seed) => {
      const { low, high } = bootstrap(normals(80, seed), mean, { repeats: 300, seed });
      return low <= 0 && 0 <= high;
    }).filter(Boolean).length;
    expect(held / 200).toBeGreaterThan(0.9);
    expect(held / 200).toBeLessThan(0.99);
  });

  it('is as wide as the normal approximation, 2 x 1.96 sd / sqrt(n)', () => {
    const { low, high } = bootstrap(normals(400, 1), mean, { repeats: 2000 });
    expect((high - low) / ((2 * 1.96) / Math.sqrt(400))).toBeCloseTo(1, 0);
  });

  it('is wider over speakers than over rows when the rows of a speaker are alike', () => {
    const speakers = normals(10, 3);
    const rows = speakers.flatMap((value, s) => Array.from({ length: 20 }, () => ({ s: String(s), value })));
    const figure = (items: readonly (typeof rows)[number][]): number => mean(items.map((i) => i.value));
    const byRow = bootstrap(rows, figure);
    const bySpeaker = bootstrap(rows, figure, { unitOf: (i) => i.s });
    expect(bySpeaker.high - bySpeaker.low).toBeGreaterThan(3 * (byRow.high - byRow.low));
  });

  it('gives the same interval on every run', () => {
    const values = normals(50, 9);
    expect(bootstrap(values, mean)).toEqual(bootstrap(values, mean));
  });

  it('leaves out draws in which the figure is undefined', () => {
    const { low, high } = bootstrap([1, 2], (items) => (items.includes(2) ? mean(items) : NaN), {
      repeats: 50,
    });
    expect([low, high].every(Number.isFinite)).toBe(true);
  });

  it('puts the interval round a figure that sampling makes larger', () => {
    // Calibrated in every bin, so that a drawn sample can only be worse.
    const items = Array.from({ length: 300 }, (_, i) => {
      const confidence = [0.6, 0.7, 0.8][i % 3]!;
      return { confidence, right: Math.floor(i / 3) % 10 < 10 * confidence };
    });
    const plain = bootstrap(items, (drawn) => calibrationError(drawn));
    const moved = bootstrap(items, (drawn) => calibrationError(drawn), { biased: true });
    expect(plain.low).toBeGreaterThan(plain.value);
    expect(moved.low).toBeLessThan(moved.value);
    expect(moved.high).toBeGreaterThan(moved.value);
    expect(moved.high - moved.low).toBeCloseTo(plain.high - plain.low, 12);
  });

  it('takes quantiles between neighbours', () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('random numbers', () => {
  it('repeat with their seed and fill the interval evenly', () => {
    const [a, b] = [seededRandom(5), seededRandom(5)];
    const drawn = Array.from({ length: 10_000 }, a);
    expect(drawn.slice(0, 100)).toEqual(Array.from({ length: 100 }, b));
    expect(drawn.reduce((x, y) => x + y, 0) / drawn.length).toBeCloseTo(0.5, 1);
  });

  it('sample without repetition, in the items’ own order', () => {
    const chosen = sampled([...Array(50).keys()], 20, seededRandom(1));
    expect(new Set(chosen).size).toBe(20);
    expect(chosen).toEqual([...chosen].sort((x, y) => x - y));
    expect(sampled([1, 2], 5, seededRandom(1))).toEqual([1, 2]);
  });

  it('shuffle without loss', () => {
    expect(shuffled([3, 1, 2], seededRandom(4)).sort()).toEqual([1, 2, 3]);
    expect([1, 2]).toContain(oneOf([1, 2], seededRandom(2)));
  });
});
