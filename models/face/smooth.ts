import { UNIFORM, type Distribution } from '#contract/emotion/categories.ts';

/** One look at a face. */
export interface FaceLook {
  readonly timeMs: number;
  readonly probabilities: Distribution;
  /** 0..1. */
  readonly quality: number;
}

/** Width of the kernel: a blink lasts about 300 ms, an expression a second or more. */
const SIGMA_MS = 350;
const REACH_MS = 3 * SIGMA_MS;
/** A single look can't rule a category out. */
const LEAST = 1e-3;

/**
 * Smooths one face's looks over time: each becomes the logarithmic pool of those around it, weighted by nearness (a Gaussian in time)
 * and by quality. The pool, and not the mean, because what comes and goes (a blink, the open mouth of every other syllable) must not
 * add up to an expression: a category keeps its probability only where most looks give it some. It looks ahead as well, so that
 * nothing is delayed. `looks` are in the order of time; nothing is made up across a gap longer than the kernel's reach.
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
      other.probabilities.forEach((p, k) => (sum[k]! += weight * Math.log(Math.max(LEAST, p))));
      total += weight;
    }
    const powers = sum.map((value) => Math.exp(value / total));
    const whole = powers.reduce((a, b) => a + b, 0);
    return powers.map((value) => value / whole);
  });
}
