/** How long to wait before trying again. */
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 10_000;

/** Doubles with every failed try, with up to a quarter of jitter. Milliseconds. */
export const waitBefore = (attempt: number, random: () => number = Math.random): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.75 + 0.25 * random());
