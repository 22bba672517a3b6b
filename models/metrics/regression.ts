/** How well numbers fit numbers. */
export interface Rated {
  readonly truth: number;
  readonly guess: number;
}

interface Moments {
  meanTruth: number;
  meanGuess: number;
  varTruth: number;
  varGuess: number;
  covariance: number;
}

function momentsOf(items: readonly Rated[]): Moments {
  const n = items.length;
  const meanTruth = items.reduce((sum, i) => sum + i.truth, 0) / n;
  const meanGuess = items.reduce((sum, i) => sum + i.guess, 0) / n;
  let [varTruth, varGuess, covariance] = [0, 0, 0];
  for (const { truth, guess } of items) {
    varTruth += (truth - meanTruth) ** 2 / n;
    varGuess += (guess - meanGuess) ** 2 / n;
    covariance += ((truth - meanTruth) * (guess - meanGuess)) / n;
  }
  return { meanTruth, meanGuess, varTruth, varGuess, covariance };
}

/** Pearson's r; NaN where one side does not vary. */
export function pearson(items: readonly Rated[]): number {
  const { varTruth, varGuess, covariance } = momentsOf(items);
  return covariance / Math.sqrt(varTruth * varGuess);
}

/** Lin's concordance correlation coefficient (1989): r, lowered where means or spreads differ. */
export function concordance(items: readonly Rated[]): number {
  const { meanTruth, meanGuess, varTruth, varGuess, covariance } = momentsOf(items);
  return (2 * covariance) / (varTruth + varGuess + (meanTruth - meanGuess) ** 2);
}
