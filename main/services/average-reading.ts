/** Several windows of one clip as one reading. */
import type { Reading } from '#contract/emotion/evidence.ts';
import { DIMENSIONS, type Dimensions } from '#contract/emotion/dimensions.ts';

/** Means weighted by quality (a floor keeps worthless windows from dividing by 0); reasons of any window. Needs at least one reading. */
export function averageReading(readings: Reading[]): Reading {
  const [first] = readings;
  if (!first || readings.length === 1) return first!;
  const weights = readings.map((r) => Math.max(1e-3, r.quality));
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = (of: (r: Reading) => number): number =>
    readings.reduce((sum, r, i) => sum + weights[i]! * of(r), 0) / total;
  const dimensions: Dimensions = {};
  for (const dimension of DIMENSIONS)
    if (readings.every((r) => r.dimensions[dimension]))
      dimensions[dimension] = {
        mean: mean((r) => r.dimensions[dimension]!.mean),
        sd: mean((r) => r.dimensions[dimension]!.sd),
      };
  return {
    probabilities: first.probabilities.map((_, c) => mean((r) => r.probabilities[c]!)),
    fine: Object.fromEntries(
      Object.keys(first.fine).map((label) => [label, mean((r) => r.fine[label] ?? 0)]),
    ),
    labels: [...new Set(readings.flatMap((r) => r.labels))],
    dimensions,
    quality: readings.reduce((sum, r) => sum + r.quality, 0) / readings.length,
    reasons: [...new Set(readings.flatMap((r) => r.reasons))],
  };
}
