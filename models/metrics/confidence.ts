/** How far a stated confidence can be believed. */
export interface Sure {
  /** Probability of the answer that was given. */
  readonly confidence: number;
  readonly right: boolean;
}

/** Expected calibration error, bins of equal width (Guo et al. 2017, equation 3). */
export function calibrationError(items: readonly Sure[], bins = 15): number {
  const gap = new Float64Array(bins);
  for (const { confidence, right } of items)
    gap[Math.min(bins - 1, Math.floor(confidence * bins))]! += confidence - (right ? 1 : 0);
  return gap.reduce((sum, g) => sum + Math.abs(g), 0) / items.length;
}

const share = (items: readonly Sure[]): number =>
  items.reduce((sum, { right }) => sum + (right ? 1 : 0), 0) / items.length;

/** Accuracy of the surest `coverage` of the items (selective accuracy; El-Yaniv and Wiener 2010). Ties keep the items' order. */
export function accuracyAtCoverage(items: readonly Sure[], coverage: number): number {
  const count = Math.max(1, Math.round(coverage * items.length));
  return share([...items].sort((a, b) => b.confidence - a.confidence).slice(0, count));
}

/** What leaving out the least sure fifth gains: accuracy at 80 % coverage less accuracy at 100 %. */
export const gainOfAbstaining = (items: readonly Sure[]): number =>
  accuracyAtCoverage(items, 0.8) - share(items);
