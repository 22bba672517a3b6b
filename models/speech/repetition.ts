/** Endless loops are the usual failure of small recognisers: find one and cut it. */

/** The longest phrase, in tokens, that is looked for. */
const LONGEST_PHRASE = 16;
/** A phrase said this many times in a row is a loop; short ones happen in real speech ("no no no"), so they need more. */
const roundsFor = (length: number): number => (length <= 2 ? 6 : length <= 5 ? 4 : 3);

/**
 * When `tokens` end in a loop: how many tokens to keep, so that the looping phrase stands once. Otherwise null.
 */
export function loopStart(tokens: readonly number[]): number | null {
  for (let length = 1; length <= LONGEST_PHRASE; length++) {
    const rounds = roundsFor(length);
    const start = tokens.length - length * rounds;
    if (start < 0) continue;
    let same = true;
    for (let i = start + length; i < tokens.length && same; i++) same = tokens[i] === tokens[i - length];
    if (same) return start + length;
  }
  return null;
}
