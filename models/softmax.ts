/** Probabilities from log scores, sharper or flatter by a temperature (Guo et al. 2017). */
export function softmax(logs: readonly number[], temperature = 1): number[] {
  const highest = Math.max(...logs);
  const powers = logs.map((value) => Math.exp((value - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}
