import { describe, expect, test } from 'vitest';
import { CATEGORIES, UNIFORM } from '#contract/emotion/categories.ts';
import { entropyBits, jensenShannonBits } from '#models/fusion/disagreement.ts';
import { inverseVarianceMean } from '#models/fusion/inverse-variance.ts';
import { discounted, opinionPool } from '#models/fusion/opinion-pool.ts';
import { shapleyValues } from '#models/fusion/shapley.ts';
import { softmax } from '#models/softmax.ts';

const peaked = (at: number, p = 0.64) => CATEGORIES.map((_, c) => (c === at ? p : (1 - p) / 6));
const close = (a: readonly number[], b: readonly number[]) =>
  a.forEach((x, i) => expect(x).toBeCloseTo(b[i]!, 10));

describe('opinion pool', () => {
  const prior = [0.4, 0.2, 0.1, 0.1, 0.05, 0.05, 0.1];

  test('without an opinion, or with exponent 0, it is the prior', () => {
    close(opinionPool(prior, []), prior);
    close(opinionPool(prior, [{ probabilities: peaked(3), baseRate: UNIFORM, exponent: 0 }]), prior);
  });

  test('an opinion equal to its own base rate says nothing, whatever that base rate', () => {
    const opinion = { probabilities: peaked(1), baseRate: peaked(1), exponent: 1 };
    close(opinionPool(prior, [opinion]), prior);
  });

  test('one opinion under its own prior is that opinion', () => {
    close(opinionPool(UNIFORM, [{ probabilities: peaked(2), baseRate: UNIFORM, exponent: 1 }]), peaked(2));
  });

  test("two independent opinions follow Bayes' rule", () => {
    const a = peaked(2, 0.5);
    const b = peaked(4, 0.3);
    const product = a.map((x, c) => x * b[c]!);
    const sum = product.reduce((x, y) => x + y, 0);
    const pooled = opinionPool(UNIFORM, [
      { probabilities: a, baseRate: UNIFORM, exponent: 1 },
      { probabilities: b, baseRate: UNIFORM, exponent: 1 },
    ]);
    close(
      pooled,
      product.map((x) => x / sum),
    );
  });

  test('a probability of 0 does not veto', () => {
    const sure = CATEGORIES.map((_, c) => (c === 0 ? 1 : 0));
    const pooled = opinionPool(UNIFORM, [
      { probabilities: sure, baseRate: UNIFORM, exponent: 0.3 },
      { probabilities: peaked(5, 0.999), baseRate: UNIFORM, exponent: 1 },
    ]);
    expect(pooled[5]).toBeGreaterThan(0.9);
    expect(pooled.every(Number.isFinite)).toBe(true);
  });

  test('three equal opinions with correlated errors count as the design effect says, one counts whole', () => {
    const one = { probabilities: peaked(2), baseRate: UNIFORM, exponent: 0.6 };
    const exponents = (correlation: number, ...own: number[]) =>
      discounted(
        own.map((exponent) => ({ ...one, exponent })),
        correlation,
      ).map((o) => o.exponent);
    close(exponents(0.5, 0.6), [0.6]);
    close(exponents(0.5, 0.6, 0.6, 0.6), [0.3, 0.3, 0.3]);
    close(exponents(1, 0.6, 0.6, 0.6), [0.2, 0.2, 0.2]);
    close(exponents(0, 0.6, 0.2), [0.6, 0.2]);
    close(exponents(0.5, 0.6, 0), [0.6, 0]);
    expect(discounted([], 0.5)).toEqual([]);
  });

  test('softmax survives logs far outside the range of exp', () => {
    close(softmax([-2000, -2000 + Math.log(3)]), [0.25, 0.75]);
    close(softmax([900, 900]), [0.5, 0.5]);
  });
});

describe('disagreement', () => {
  const first = [1, 0, 0, 0, 0, 0, 0];
  const second = [0, 1, 0, 0, 0, 0, 0];

  test('entropy of a uniform distribution over seven is log2 7 bits', () => {
    expect(entropyBits(UNIFORM)).toBeCloseTo(Math.log2(7), 12);
    expect(entropyBits(first)).toBe(0);
  });
  test('two certain and different voices: 1 bit; the same voice twice: 0', () => {
    expect(jensenShannonBits([first, second], [1, 1])).toBeCloseTo(1, 12);
    expect(jensenShannonBits([peaked(3), peaked(3)], [1, 0.2])).toBeCloseTo(0, 12);
  });
  test('weights count: certain voices of 3 to 1 give the entropy of 3/4, 1/4', () => {
    expect(jensenShannonBits([first, second], [3, 1])).toBeCloseTo(entropyBits([0.75, 0.25]), 12);
  });
  test('one voice, or one of weight 0, is no disagreement', () => {
    expect(jensenShannonBits([first], [1])).toBe(0);
    expect(jensenShannonBits([first, second], [1, 0])).toBe(0);
  });
});

describe('Shapley values', () => {
  test('an additive game gives everybody their own worth', () => {
    const worth = [2, -1, 0.5];
    const values = shapleyValues(3, (s) => worth.reduce((sum, w, i) => sum + (s & (1 << i) ? w : 0), 0));
    close(values, worth);
  });
  test('the glove game: the one left glove is worth 2/3, each right one 1/6', () => {
    const values = shapleyValues(3, (s) => (s & 1 && s & 6 ? 1 : 0));
    close(values, [2 / 3, 1 / 6, 1 / 6]);
  });
  test('no player, no value', () => {
    expect(shapleyValues(0, () => 1)).toEqual([]);
  });
});

describe('inverse-variance mean', () => {
  test('weights by precision and adds precisions', () => {
    const pooled = inverseVarianceMean([
      { mean: 0, sd: 1 },
      { mean: 0.5, sd: 0.5 },
    ])!;
    expect(pooled.mean).toBeCloseTo(0.4, 12);
    expect(pooled.sd).toBeCloseTo(Math.sqrt(1 / 5), 12);
  });
  test('estimates that contradict each other widen the band by the Birge ratio', () => {
    const pooled = inverseVarianceMean([
      { mean: -0.8, sd: 0.1 },
      { mean: 0.8, sd: 0.1 },
    ])!;
    expect(pooled.mean).toBeCloseTo(0, 12);
    expect(pooled.sd).toBeCloseTo((0.1 / Math.SQRT2) * Math.sqrt(128), 10);
  });
  test('nothing gives undefined', () => {
    expect(inverseVarianceMean([])).toBeUndefined();
  });
});
