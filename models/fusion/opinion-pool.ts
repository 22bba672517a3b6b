/** Bringing distributions over the categories together. */
import type { Distribution } from '#contract/emotion/categories.ts';
import { softmax } from '../softmax.ts';

/** No model is certain: probabilities below this count as this, so that one zero can't veto everything else. */
export const SMALLEST_PROBABILITY = 1e-4;

/** One opinion: its probabilities, the rate its source expects of each category, and its exponent (weight x quality). */
export interface Opinion {
  readonly probabilities: Distribution;
  readonly baseRate: Distribution;
  readonly exponent: number;
}

/** Raises what lies below SMALLEST_PROBABILITY and scales to sum to 1. */
export function floored(p: Distribution): Distribution {
  const raised = p.map((x) => Math.max(x, SMALLEST_PROBABILITY));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((x) => x / sum);
}

/**
 * Logarithmic opinion pool over likelihood ratios: log p(c) = log prior(c) + sum of exponent x (log p_m(c) - log baseRate_m(c)) + const.
 *
 * Each source's own base rate is divided out, so that the prior enters once and not once a source; with exponents 1 and sources
 * that are independent given the category this is Bayes' rule (Genest and Zidek 1986, section 3, externally Bayesian pools).
 * No opinion, or exponents of 0, gives the prior.
 */
export function opinionPool(prior: Distribution, opinions: readonly Opinion[]): Distribution {
  const logs = prior.map(Math.log);
  for (const { probabilities, baseRate, exponent } of opinions) {
    const p = floored(probabilities);
    for (let c = 0; c < logs.length; c++)
      logs[c] = logs[c]! + exponent * (Math.log(p[c]!) - Math.log(baseRate[c]!));
  }
  return softmax(logs);
}

/**
 * The same opinions with less say each where several speak: they are of one person in one moment, so their errors are alike, and n of them tell
 * n / (1 + (n - 1) x correlation) times what one does (the design effect of Kish 1965, Survey Sampling, section 5.4). n is the effective number of
 * sources, (sum of exponents)^2 / sum of squared exponents, so that one that fades out makes no jump. Correlation 0 changes nothing.
 */
export function discounted(opinions: readonly Opinion[], correlation: number): Opinion[] {
  const sum = opinions.reduce((total, { exponent }) => total + exponent, 0);
  const squares = opinions.reduce((total, { exponent }) => total + exponent ** 2, 0);
  if (squares === 0) return [...opinions];
  const designEffect = 1 + (sum ** 2 / squares - 1) * correlation;
  return opinions.map((opinion) => ({ ...opinion, exponent: opinion.exponent / designEffect }));
}
