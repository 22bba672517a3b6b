/** How far distributions lie apart. */
import type { Distribution } from '#contract/emotion/categories.ts';

/** Shannon entropy in bits; 0 log 0 counts as 0. */
export function entropyBits(p: Distribution): number {
  let sum = 0;
  for (const x of p) if (x > 0) sum -= x * Math.log2(x);
  return sum;
}

/**
 * Weighted Jensen-Shannon divergence in bits (Lin 1991, eq. 5.1): H(sum a_m p_m) - sum a_m H(p_m), with the weights scaled to sum to 1.
 * 0 for fewer than two distributions of positive weight; never above log2 of their number.
 */
export function jensenShannonBits(
  distributions: readonly Distribution[],
  weights: readonly number[],
): number {
  const total = weights.reduce((a, b) => a + b, 0);
  if (weights.filter((w) => w > 0).length < 2) return 0;
  const mixture = distributions[0]!.map((_, c) =>
    distributions.reduce((sum, p, m) => sum + (weights[m]! / total) * p[c]!, 0),
  );
  const inner = distributions.reduce((sum, p, m) => sum + (weights[m]! / total) * entropyBits(p), 0);
  return Math.max(0, entropyBits(mixture) - inner);
}
