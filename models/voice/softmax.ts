/** Probabilities from log scores. */
export function softmax(logs: readonly number[]): number[] {
  const highest = Math.max(...logs);
  const powers = logs.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}
