/** 95 % intervals of shares and means, from the spread between texts alone: the error of the model that read them is not in them. */
import type { MeanOf, ShareOf } from '#contract/texts/query.ts';
import type { Moments } from '#main/hosts/database/text-tasks.ts';

const Z = 1.959964;
/** With fewer, an interval would promise what it can't hold. */
const LEAST_TEXTS = 5;

/** Wilson score interval (Wilson 1927, equation 4). `n` > 0. */
export function shareOf(count: number, n: number): ShareOf {
  const share = count / n;
  if (n < LEAST_TEXTS) return { share, interval: null };
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const low = (share + (Z * Z) / (2 * n) - spread) / (1 + (Z * Z) / n);
  const high = (share + (Z * Z) / (2 * n) + spread) / (1 + (Z * Z) / n);
  return { share, interval: { low: Math.max(0, low), high: Math.min(1, high) } };
}

/** Null without a text. */
export function meanOf({ n, sum, squares }: Moments): MeanOf | null {
  if (n === 0) return null;
  const mean = sum / n;
  if (n < LEAST_TEXTS) return { mean, interval: null };
  // Rounding may leave a little less than nothing.
  const variance = Math.max(0, (squares - n * mean * mean) / (n - 1));
  const half = student(n - 1) * Math.sqrt(variance / n);
  return { mean, interval: { low: mean - half, high: mean + half } };
}

/** The 97.5 % point of Student's t, by its expansion around the normal one (Abramowitz and Stegun 26.7.5); within 0.5 % from 4 degrees on. */
export function student(degrees: number): number {
  const z = Z;
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  );
}
