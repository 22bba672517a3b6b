/** Two neighbouring words that do together what neither does alone: "not bad", "kind of". */
import type { Effect } from '#contract/explanation/explanation.ts';
import type { TextPart } from './plan.ts';

const MOST_PHRASES = 3;
/** Nats that a phrase must do beyond the sum of its words. */
const BEYOND = 0.5;

/**
 * @param words single words with the effect of leaving each out, in order
 * @param top the category that a phrase must matter to
 * @param leavingOut effects of leaving these pairs out
 */
export async function strongestPhrases(
  words: readonly { part: TextPart; leftOut: Effect }[],
  top: number,
  leavingOut: (parts: TextPart[]) => Promise<Effect[]>,
): Promise<{ part: TextPart; effect: Effect }[]> {
  const pairs = words.flatMap((word, i) => {
    const next = words[i + 1];
    if (next?.part[0] !== word.part[0]! + 1) return [];
    return [{ part: [...word.part, ...next.part], one: word.leftOut[top]!, other: next.leftOut[top]! }];
  });
  // With two words the pair is the whole text.
  if (words.length <= 2) return [];
  const effects = await leavingOut(pairs.map(({ part }) => part));
  return pairs
    .map(({ part, one, other }, i) => ({
      part,
      effect: effects[i]!,
      beyond: effects[i]![top]! - one - other,
    }))
    .filter(({ beyond }) => Math.abs(beyond) >= BEYOND)
    .sort((a, b) => Math.abs(b.beyond) - Math.abs(a.beyond))
    .slice(0, MOST_PHRASES)
    .map(({ part, effect }) => ({ part, effect }));
}
