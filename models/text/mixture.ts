import type { Estimate } from '#contract/emotion/dimensions.ts';

/** Mean and standard deviation of a mixture: what its estimates differ in widens it. @param shares sum to 1 */
export function mixture(estimates: readonly Estimate[], shares: readonly number[]): Estimate {
  const over = (value: (e: Estimate) => number): number =>
    estimates.reduce((sum, e, i) => sum + shares[i]! * value(e), 0);
  const mean = over((e) => e.mean);
  return { mean, sd: Math.sqrt(Math.max(0, over((e) => e.sd ** 2 + e.mean ** 2) - mean * mean)) };
}
