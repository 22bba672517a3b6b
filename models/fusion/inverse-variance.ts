/** Pooling of estimates of one number. */
import type { Estimate } from '#contract/emotion/dimensions.ts';

/**
 * Inverse-variance weighted mean of independent estimates, every sd above 0.
 *
 * Where they scatter more than their sds allow, the pooled sd grows by the Birge ratio sqrt(chi-squared / (n - 1)) when that is above 1
 * (Particle Data Group, Review of Particle Physics, section 5.2.2): sources that contradict each other don't make a narrow band.
 * No estimate gives undefined.
 */
export function inverseVarianceMean(estimates: readonly Estimate[]): Estimate | undefined {
  if (estimates.length === 0) return undefined;
  let precision = 0;
  let weighted = 0;
  for (const { mean, sd } of estimates) {
    precision += 1 / (sd * sd);
    weighted += mean / (sd * sd);
  }
  const mean = weighted / precision;
  let chiSquared = 0;
  for (const e of estimates) chiSquared += ((e.mean - mean) / e.sd) ** 2;
  const birge = estimates.length > 1 ? Math.sqrt(chiSquared / (estimates.length - 1)) : 0;
  return { mean, sd: Math.max(1, birge) / Math.sqrt(precision) };
}
