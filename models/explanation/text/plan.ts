/** Which parts of a text to ask about: every word of a short one; of a long one groups of words first, then the words of the strongest groups. */
import { byScore } from '../order.ts';

/** Places of neighbouring units. */
export type TextPart = readonly number[];

/** Up to so many words are asked about one by one. */
const MOST_WORDS = 20;
const GROUPS = 12;
/** Words of a long text that are asked about one by one in the end. */
const WORDS_TO_REFINE = 18;

const places = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

export function firstParts(units: number): TextPart[] {
  const count = units <= MOST_WORDS ? units : GROUPS;
  return Array.from({ length: count }, (_, g) =>
    places(Math.round((g * units) / count), Math.round(((g + 1) * units) / count)),
  );
}

/** The parts of several words to ask about again word by word: those of the largest `strengths` that fit the budget. */
export function partsToRefine(parts: readonly TextPart[], strengths: readonly number[]): ReadonlySet<number> {
  let left = WORDS_TO_REFINE;
  const chosen = new Set<number>();
  for (const i of byScore(strengths)) {
    if (parts[i]!.length < 2 || parts[i]!.length > left) continue;
    left -= parts[i]!.length;
    chosen.add(i);
  }
  return chosen;
}
