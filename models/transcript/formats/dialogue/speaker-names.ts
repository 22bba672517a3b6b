/** Which of the words before a colon are names of speakers: any signs may stand in one, so it takes the whole file to tell "Müller, Ben 🌸" from "and then he said". */

const MOST_WORDS = 6;
const MOST_IDEOGRAPHS = 12;
/** In lower case within a name. */
const PARTICLE =
  /^(?:von|van|vom|zu|zum|zur|ter|ten|de|del|della|der|den|des|di|da|dos|du|la|le|el|al|bin|ibn|y)$/u;
/** "他说：", "她问：" go on with a sentence, as signs at its end do. */
const OF_A_SENTENCE = /[?!。？！，；…]|[说說道问問]$/u;
/** A name that doesn't look like one has to come back: in this share of the lines with a name, or twice if it is a single word. */
const OFTEN = 0.05;

/** Each word begins as a name does, or is a particle; what stands in parentheses may be anything. */
export function looksLikeName(name: string): boolean {
  const words = wordsOf(name.replaceAll(/\([^()]*\)/g, ' '));
  return (
    words.length <= MOST_WORDS &&
    words.every(
      (word, i) => (i > 0 && PARTICLE.test(word)) || !/^\p{Ll}/u.test(word) || /\p{Lu}/u.test(word),
    ) &&
    (name.match(/\p{Script=Han}/gu)?.length ?? 0) <= MOST_IDEOGRAPHS &&
    !OF_A_SENTENCE.test(name)
  );
}

/** `found`: what stands before the colon, a line each. */
export function speakersAmong(found: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts.keys()];
  const capitals = names.filter(looksLikeName).length >= names.length / 2;
  return new Set(
    names.filter((name) => {
      const length = wordsOf(name).length;
      const count = counts.get(name)!;
      const recurs = count >= 2 && (length <= 1 || count >= OFTEN * found.length);
      // Somebody may write every name in lower case.
      return looksLikeName(name) || recurs || (!capitals && length <= 2);
    }),
  );
}

const wordsOf = (name: string): string[] => name.match(/[\p{L}\p{M}'’.]+/gu) ?? [];
