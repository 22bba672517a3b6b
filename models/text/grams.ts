/** Hashed runs of characters, as models/recipes/text/grams.py makes them: what the Chinese model knows of words. */

export const BUCKETS = 1 << 17;
const LONGEST = 3;
const MOST = 512;

/** Bucket numbers of the distinct runs of one to three characters, in order of first occurrence, at most 512. */
export function gramBuckets(text: string): number[] {
  const letters = Array.from(text.toLowerCase());
  const found = new Set<number>();
  for (let length = 1; length <= LONGEST; length++)
    for (let i = 0; i + length <= letters.length && found.size < MOST; i++)
      found.add(bucket(letters.slice(i, i + length).join('')));
  return [...found];
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, over UTF-16 code units. */
function bucket(run: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < run.length; i++) value = Math.imul(value ^ run.charCodeAt(i), 0x01000193);
  return (value >>> 0) % BUCKETS;
}
