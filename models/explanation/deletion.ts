/** Deletion and insertion curves: how fast a reading falls when its parts are taken away in an order (Petsiuk et al. 2018, "RISE"). */

/** Area under a curve of values at evenly spaced shares 0..1, by the trapezoidal rule. At least two values. */
export function areaUnder(curve: readonly number[]): number {
  const steps = curve.length - 1;
  return curve.reduce((sum, value, i) => sum + (i === 0 || i === steps ? value / 2 : value), 0) / steps;
}

/** Places in descending order of their score; equal ones in their own order. */
export const byScore = (scores: readonly number[]): number[] =>
  scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);

/** The first parts of an order at `steps` + 1 evenly spaced shares: nothing first, everything last. */
export const growingParts = (order: readonly number[], steps: number): ReadonlySet<number>[] =>
  Array.from(
    { length: steps + 1 },
    (_, k) => new Set(order.slice(0, Math.round((k * order.length) / steps))),
  );

/** Mean, and the 2.5 % and 97.5 % points of the means of resamples (percentile bootstrap). `random` gives [0, 1). */
export function bootstrapMean(
  values: readonly number[],
  random: () => number,
  resamples = 2000,
): { mean: number; low: number; high: number } {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[Math.floor(random() * n)]!;
    return sum / n;
  }).sort((a, b) => a - b);
  const at = (share: number): number => means[Math.round(share * (resamples - 1))]!;
  return { mean, low: at(0.025), high: at(0.975) };
}
