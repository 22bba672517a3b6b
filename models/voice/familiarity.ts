import type { Gate } from './settings.ts';

/**
 * How probably recordings with these strangenesses (weighted by 0..1) come from surroundings that the model knows: a
 * logistic regression on the logarithm of their mean, fitted on speakers left out against corpora left out. Music, noise
 * and other languages come out near 0.
 */
export function familiarity(
  strangeness: readonly number[],
  weights: readonly number[],
  { middle, slope }: Gate,
): number {
  const whole = weights.reduce((a, b) => a + b, 0);
  if (whole <= 0) return 0;
  const mean = strangeness.reduce((sum, value, i) => sum + value * weights[i]!, 0) / whole;
  return 1 / (1 + Math.exp(slope * (Math.log(mean + 1e-9) - middle)));
}
