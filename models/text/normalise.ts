/** Curly quotes become straight ones and runs of white space one space, as the recipe did before training (recipes/text/data.py). */
export function normaliseText(text: string): string {
  return text
    .replace(/[\u2018\u2019\u02bc\u2032]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words of a text: runs of letters, with apostrophes inside. */
export const wordsOf = (text: string): string[] => text.match(/\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*/gu) ?? [];
