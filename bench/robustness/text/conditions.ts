/** The ways in which a text gets worse. */
import type { Condition } from '../condition.ts';
import { typos } from './typos.ts';

export const TEXT_CONDITIONS: readonly Condition<string>[] = [
  { id: 'clean', title: 'as it is', change: (text) => text },
  { id: 'typos-5', title: 'typos, 5 % of the letters', change: (text, random) => typos(text, 0.05, random) },
  { id: 'typos-10', title: 'typos, 10 % of the letters', change: (text, random) => typos(text, 0.1, random) },
  { id: 'spoken', title: 'as a recogniser writes: lower case, no punctuation, no emoji', change: asSpoken },
];

/** Letters, digits and apostrophes, in lower case; a text that has none of them stays what it is. */
export function asSpoken(text: string): string {
  const spoken = text
    .replaceAll(/[\u2018\u2019]/g, "'")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s']/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return spoken === '' ? text : spoken;
}
