/** Finding and replacing words. */
import type { Replacement } from './operation.ts';

/** Half-open ranges of a text, in UTF-16 units. */
export type Range = readonly [number, number];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const LETTER = String.raw`[\p{L}\p{N}\p{M}_]`;

/** What is looked for is taken literally. */
export function pattern({ find, matchCase, wholeWords }: Omit<Replacement, 'with'>): RegExp {
  const source = wholeWords ? `(?<!${LETTER})${escaped(find)}(?!${LETTER})` : escaped(find);
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}

export function found(text: string, wanted: Omit<Replacement, 'with'>): Range[] {
  return Array.from(
    text.matchAll(pattern(wanted)),
    (match) => [match.index, match.index + match[0].length] as const,
  );
}

/** Where words are taken out, their blanks go with them. */
export function replaced(text: string, replacement: Replacement): string {
  const changed = text.replace(pattern(replacement), () => replacement.with);
  if (replacement.with !== '' || changed === text) return changed;
  return changed
    .replace(/ {2,}/gu, ' ')
    .replace(/ (?=[,.;:!?])/gu, '')
    .trim();
}
