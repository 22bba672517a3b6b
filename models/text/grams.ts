/** Hashed runs of words and letters, as models/recipes/text/grams.py makes them: what the English model knows of words beside its encoder. */
export const BUCKETS = 1 << 17;
const MOST = 512;
const WORD = /[a-z0-9\u00c0-\u024f']+|[!?.]+/g;

/** Bucket numbers of the distinct runs of a normalised text, in order of first occurrence, at most 512. */
export function gramBuckets(text: string): number[] {
  const found = new Set<number>();
  for (const run of wordRuns(text)) {
    found.add(bucket(run));
    if (found.size === MOST) break;
  }
  return [...found];
}

/** Words, pairs of words, and runs of two to five letters inside a word with a space at both its ends. */
function* wordRuns(text: string): Generator<string> {
  const words = text.toLowerCase().match(WORD) ?? [];
  for (const word of words) yield `=${word}`;
  for (let i = 1; i < words.length; i++) yield `=${words[i - 1]} ${words[i]}`;
  for (let length = 2; length <= 5; length++)
    for (const word of words)
      for (let i = 0; i + length <= word.length + 2; i++) yield ` ${word} `.slice(i, i + length);
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, over UTF-16 code units. */
function bucket(run: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < run.length; i++) value = Math.imul(value ^ run.charCodeAt(i), 0x01000193);
  return (value >>> 0) % BUCKETS;
}
