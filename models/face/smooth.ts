import { UNIFORM, type Distribution } from '#contract/emotion/categories.ts';

/** One look at a face. */
export interface FaceLook {
  readonly timeMs: number;
  readonly probabilities: Distribution;
  /** 0..1. */
  readonly quality: number;
}

/** Width of the kernel: a blink (about 300 ms) or an open mouth in mid-word weighs a fifth, an expression of a second stays. */
const SIGMA_MS = 350;
const REACH_MS = 3 * SIGMA_MS;

/**
 * Smooths one face's looks over time: each becomes the mean of those around it, weighted by nearness (a Gaussian in time) and by
 * quality. It looks ahead as well, so that nothing is delayed. `looks` are in the order of time; nothing is made up across a
 * gap longer than the kernel's reach.
 */
export function smoothLooks(looks: readonly FaceLook[]): Distribution[] {
  let from = 0;
  return looks.map((look) => {
    while (looks[from]!.timeMs < look.timeMs - REACH_MS) from++;
    const sum = UNIFORM.map(() => 0);
    let total = 0;
    for (let i = from; i < looks.length && looks[i]!.timeMs <= look.timeMs + REACH_MS; i++) {
      const other = looks[i]!;
      const nearness = Math.exp(-0.5 * ((other.timeMs - look.timeMs) / SIGMA_MS) ** 2);
      // The floor lets a track of worthless looks keep its shape instead of becoming 0 / 0.
      const weight = nearness * Math.max(1e-3, other.quality);
      other.probabilities.forEach((p, k) => (sum[k]! += weight * p));
      total += weight;
    }
    return sum.map((value) => value / total);
  });
}
