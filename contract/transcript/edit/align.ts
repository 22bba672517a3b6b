/** Word times after an edit. Alignment on the sound could take this one function's place. */
import type { Span } from '../../units.ts';
import type { Word } from '../utterance.ts';
import { shared } from './words.ts';

/** Larger tables than this would be felt while typing; then all words between the ends that agree count as new. */
const MAX_CELLS = 1_000_000;

/**
 * Times for `texts`, which replace `words` in `span`: a word that is still there keeps its time and confidence (its case and
 * punctuation may differ), new ones share the time of those that they replace, or the gap that they stand in, by their length.
 */
export function aligned(words: readonly Word[], texts: readonly string[], span: Span): Word[] {
  const pairs = matches(
    words.map(({ text }) => sound(text)),
    texts.map(sound),
  );
  const out: Word[] = [];
  let word = 0;
  let text = 0;
  for (const [keptWord, keptText] of [...pairs, [words.length, texts.length] as const]) {
    if (keptText > text) {
      const previousEnd = word > 0 ? words[word - 1]!.endMs : span.startMs;
      const nextStart = words[keptWord]?.startMs ?? span.endMs;
      const replaced = words.slice(word, keptWord);
      const from = Math.min(replaced[0]?.startMs ?? previousEnd, nextStart);
      const to = Math.max(from, Math.min(replaced.at(-1)?.endMs ?? nextStart, nextStart));
      out.push(...shared(texts.slice(text, keptText), from, to));
    }
    const kept = words[keptWord];
    if (kept) out.push({ ...kept, text: texts[keptText]! });
    word = keptWord + 1;
    text = keptText + 1;
  }
  return out;
}

/** What a word sounds like, as far as its letters say. */
function sound(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  const letters = plain.replace(/[^\p{L}\p{N}]/gu, '');
  return letters === '' ? plain : letters;
}

/** The same, with what agrees at both ends taken first. */
function matches(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const ends = (n: number, fromA: number, fromB: number) =>
    Array.from({ length: n }, (_, i) => [fromA + i, fromB + i] as const);
  const middle = commonSubsequence(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [
    ...ends(head, 0, 0),
    ...middle.map(([i, j]) => [i + head, j + head] as const),
    ...ends(tail, a.length - tail, b.length - tail),
  ];
}

/** Index pairs of a longest common subsequence, in order; none where the table would be too large. */
export function commonSubsequence(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  if (a.length * b.length === 0 || a.length * b.length > MAX_CELLS) return [];
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}
