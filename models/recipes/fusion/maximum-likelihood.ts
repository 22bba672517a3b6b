/** The weights of the opinion pool with the greatest likelihood. */
import { MODALITIES } from '#contract/emotion/evidence.ts';
import { floored } from '#models/fusion/opinion-pool.ts';
import type { FusionSettings } from '#models/fusion/settings.ts';
import { softmax } from '#models/softmax.ts';
import type { Item } from './pairs.ts';

/** One item as the pool sees it: evidence[m][c] = quality x (log p - log base rate), 0 for a missing modality. */
interface Terms {
  readonly label: number;
  readonly evidence: readonly (readonly number[])[];
}

function termsOf({ label, said }: Item, settings: FusionSettings): Terms {
  const evidence = MODALITIES.map((modality) => {
    const own = said.find((s) => s.modality === modality);
    if (!own) return settings.prior.map(() => 0);
    const base = settings.modalities[modality].baseRate;
    return floored(own.probabilities).map((p, c) => own.quality * (Math.log(p) - Math.log(base[c]!)));
  });
  return { label, evidence };
}

/**
 * Newton's method on the mean negative log likelihood, which is convex in the weights (the pool is log-linear in them).
 * Modalities that never occur keep weight 1; a weight never goes below 0.
 */
export function fitWeights(items: readonly Item[], settings: FusionSettings): number[] {
  const terms = items.map((item) => termsOf(item, settings));
  const occurs = MODALITIES.map((m) => items.some((i) => i.said.some((s) => s.modality === m)));
  const logPrior = settings.prior.map(Math.log);
  let weights = MODALITIES.map(() => 1);
  for (let round = 0; round < 50; round++) {
    const gradient = MODALITIES.map(() => 0);
    const hessian = MODALITIES.map((_, i) => MODALITIES.map((__, j) => (i === j ? 1e-9 : 0)));
    for (const { label, evidence } of terms) {
      const p = softmax(
        logPrior.map((x, c) => x + evidence.reduce((sum, e, m) => sum + weights[m]! * e[c]!, 0)),
      );
      const mean = evidence.map((e) => e.reduce((sum, x, c) => sum + p[c]! * x, 0));
      for (let i = 0; i < weights.length; i++) {
        gradient[i]! += (mean[i]! - evidence[i]![label]!) / terms.length;
        for (let j = 0; j < weights.length; j++) {
          const second = p.reduce((sum, x, c) => sum + x * evidence[i]![c]! * evidence[j]![c]!, 0);
          hessian[i]![j]! += (second - mean[i]! * mean[j]!) / terms.length;
        }
      }
    }
    const step = solve(hessian, gradient);
    const next = weights.map((w, m) => (occurs[m] ? Math.max(0, w - step[m]!) : 1));
    const moved = Math.max(...next.map((w, m) => Math.abs(w - weights[m]!)));
    weights = next;
    if (moved < 1e-7) break;
  }
  return weights;
}

/** Gaussian elimination for a small symmetric positive definite system. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let i = 0; i < n; i++)
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = rows[r]![i]! / rows[i]![i]!;
      for (let c = i; c <= n; c++) rows[r]![c]! -= factor * rows[i]![c]!;
    }
  return rows.map((row, i) => row[n]! / row[i]!);
}
