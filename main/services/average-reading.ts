/** Several windows of one clip, or looks at one face, as one reading. */
import type { QualityReason, Reading } from '#contract/emotion/evidence.ts';
import { DIMENSIONS, type Dimensions } from '#contract/emotion/dimensions.ts';

/** A reason counts when it holds for this share of the time: less of it lowers the quality, but does not explain it. */
const REASON_SHARE = 0.25;

export interface Stretch {
  reading: Reading;
  /** How much of the whole it is. */
  seconds: number;
}

/**
 * Means weighted by time and quality (a floor keeps worthless windows from dividing by 0). Needs at least one reading.
 * @param thresholdOf probability from which a fine label is given
 */
export function averageReading(stretches: Stretch[], thresholdOf: (label: string) => number): Reading {
  const [first] = stretches;
  if (!first || stretches.length === 1) return first!.reading;
  const mean = (weights: number[], of: (r: Reading) => number): number =>
    stretches.reduce((sum, { reading }, i) => sum + weights[i]! * of(reading), 0) /
    weights.reduce((a, b) => a + b, 0);
  const times = stretches.map(({ seconds }) => Math.max(1e-3, seconds));
  const weights = stretches.map(({ reading }, i) => times[i]! * Math.max(1e-3, reading.quality));
  const readings = stretches.map(({ reading }) => reading);
  const dimensions: Dimensions = {};
  for (const dimension of DIMENSIONS)
    if (readings.every((r) => r.dimensions[dimension]))
      dimensions[dimension] = {
        mean: mean(weights, (r) => r.dimensions[dimension]!.mean),
        sd: mean(weights, (r) => r.dimensions[dimension]!.sd),
      };
  const labels = Object.keys(first.reading.fine);
  const fine = Object.fromEntries(labels.map((label) => [label, mean(weights, (r) => r.fine[label] ?? 0)]));
  const shareOf = (reason: QualityReason): number => mean(times, (r) => (r.reasons.includes(reason) ? 1 : 0));
  const reasons = [...new Set(readings.flatMap((r) => r.reasons))];
  return {
    probabilities: first.reading.probabilities.map((_, c) => mean(weights, (r) => r.probabilities[c]!)),
    fine,
    labels: labels.filter((label) => fine[label]! >= thresholdOf(label)),
    dimensions,
    quality: mean(times, (r) => r.quality),
    reasons: reasons.filter((reason) => shareOf(reason) >= REASON_SHARE),
  };
}
