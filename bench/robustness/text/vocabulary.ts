/** Words in use, and those that look like a given one. */
import { editDistance } from './align.ts';

export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z']+/g) ?? [];

export class Vocabulary {
  private readonly byLength = new Map<number, string[]>();

  /** Words that occur at least `fewest` times in `texts`, the most frequent first. */
  constructor(texts: Iterable<string>, fewest = 3) {
    const counts = new Map<string, number>();
    for (const text of texts) for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const words = [...counts]
      .filter(([, n]) => n >= fewest)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    for (const [word] of words)
      this.byLength.set(word.length, [...(this.byLength.get(word.length) ?? []), word]);
  }

  /** Other words at most `most` edits away, the nearest and then the most frequent first. */
  near(word: string, most: number): string[] {
    const found: { word: string; distance: number }[] = [];
    for (let length = word.length - most; length <= word.length + most; length++)
      for (const other of this.byLength.get(length) ?? []) {
        const distance = other === word ? Infinity : editDistance(word, other);
        if (distance <= most) found.push({ word: other, distance });
      }
    return found.sort((a, b) => a.distance - b.distance).map((f) => f.word);
  }
}
