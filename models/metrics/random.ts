/** Seeded pseudo-random numbers in [0, 1): mulberry32. The same seed gives the same figures on every machine. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const oneOf = <T>(all: readonly T[], random: Random): T => all[Math.floor(random() * all.length)]!;

/** A copy in random order (Fisher and Yates). */
export function shuffled<T>(all: readonly T[], random: Random): T[] {
  const copy = [...all];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/** `count` of them, each at most once, in their own order; all of them when there are no more. */
export function sampled<T>(all: readonly T[], count: number, random: Random): T[] {
  if (all.length <= count) return [...all];
  const chosen = new Set(
    shuffled(
      all.map((_, i) => i),
      random,
    ).slice(0, count),
  );
  return all.filter((_, i) => chosen.has(i));
}
