/** How well numbers fit numbers. */
export interface Rated {
  readonly truth: number;
  readonly guess: number;
}

/** Pearson's r; NaN where one side does not vary. */
export function pearson(items: readonly Rated[]): number {
  const n = items.length;
  const meanTruth = items.reduce((sum, i) => sum + i.truth, 0) / n;
  const meanGuess = items.reduce((sum, i) => sum + i.guess, 0) / n;
  let [varTruth, varGuess, covariance] = [0, 0, 0];
  for (const { truth, guess } of items) {
    varTruth += (truth - meanTruth) ** 2 / n;
    varGuess += (guess - meanGuess) ** 2 / n;
    covariance += ((truth - meanTruth) * (guess - meanGuess)) / n;
  }
  return covariance / Math.sqrt(varTruth * varGuess);
}
