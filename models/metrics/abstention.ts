import type { Sure } from './confidence.ts';

/**
 * The least confidence from which on answers are given, so that at most a share `error` of those given is expected to be wrong: of the
 * items that are at least as sure, (wrong + 1) / (given + 1) stays within it, the one added being the next item, taken for wrong as in
 * conformal prediction (Angelopoulos and Bates 2023, "Conformal prediction: a gentle introduction"). A guarantee only for items like these.
 *
 * @returns Infinity where no confidence is enough
 */
export function leastConfidence(items: readonly Sure[], error: number): number {
  const sorted = [...items].sort((a, b) => b.confidence - a.confidence);
  let [wrong, least] = [0, Infinity];
  for (const [i, { confidence, right }] of sorted.entries()) {
    if (!right) wrong += 1;
    // Equally sure items are given or held back together.
    if (sorted[i + 1]?.confidence === confidence) continue;
    if ((wrong + 1) / (i + 2) <= error) least = confidence;
  }
  return least;
}
