import { quantile as quantileOfAscending } from '../metrics/bootstrap.ts';

/** Arithmetic mean; 0 for an empty list. */
export function mean(values: ArrayLike<number> & Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length > 0 ? sum / values.length : 0;
}

/** Population standard deviation; 0 for fewer than two values. */
export function standardDeviation(values: ArrayLike<number> & Iterable<number>): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return Math.sqrt(sum / values.length);
}

/** Quantile of values in any order (Hyndman and Fan's type 7); 0 for an empty list. */
export const quantile = (values: ArrayLike<number>, share: number): number =>
  values.length === 0 ? 0 : quantileOfAscending(Float64Array.from(values).sort(), share);

/** Slope of the least-squares line through (x, y); 0 where x does not vary. */
export function slope(x: readonly number[], y: readonly number[]): number {
  const centreX = mean(x);
  const centreY = mean(y);
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < x.length; i++) {
    covariance += (x[i]! - centreX) * (y[i]! - centreY);
    variance += (x[i]! - centreX) ** 2;
  }
  return variance > 0 ? covariance / variance : 0;
}

/** Lengths of the runs of `true`. */
export function runLengths(flags: readonly boolean[]): number[] {
  const runs: number[] = [];
  let length = 0;
  for (const flag of [...flags, false]) {
    if (flag) length++;
    else if (length > 0) {
      runs.push(length);
      length = 0;
    }
  }
  return runs;
}
