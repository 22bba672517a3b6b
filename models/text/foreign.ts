/**
 * How far words speak against English: a weight for every hashed run of letters and every whole word, learned by
 * models/recipes/text/languages.py from frequencies of words in 30 languages.
 */
import TABLE from './foreign-weights.json' with { type: 'json' };

const WEIGHTS = Int8Array.from(atob(TABLE.weights), (c) => c.charCodeAt(0));
const WHOLE = 0x3d; // "=": what a whole word starts with, lest it be taken for a run inside one
const LATIN = /^\p{Script=Latin}/u;
const CAPITAL = /^\p{Lu}/u;
/** A word with a capital that doesn't begin the text is often a name, and names come from everywhere. */
const NAME = 0.3;
/** So many words tell the language. */
const MOST_WORDS = 200;

/** The log odds that the words in Latin letters are not English, of equally many; and how many they are. */
export function againstEnglish(words: readonly string[]): { score: number; count: number } {
  const latin = words.slice(0, MOST_WORDS).filter((word) => LATIN.test(word));
  const score = latin.reduce((sum, word, i) => {
    const weight = TABLE.step * weightOf(word.normalize('NFC').toLowerCase());
    return sum + (i > 0 && weight > 0 && CAPITAL.test(word) ? NAME * weight : weight);
  }, TABLE.bias);
  return { score, count: latin.length };
}

/** Of the whole word and of its runs of one letter up to TABLE.longestRun, a space before and after it. */
function weightOf(word: string): number {
  let whole = next(FNV_START, WHOLE);
  for (let i = 0; i < word.length; i++) whole = next(whole, word.charCodeAt(i));
  let sum = at(whole);
  const padded = ` ${word} `;
  for (let from = 0; from < padded.length; from++) {
    let hash = FNV_START;
    const end = Math.min(padded.length, from + TABLE.longestRun);
    for (let i = from; i < end; i++) {
      hash = next(hash, padded.charCodeAt(i));
      if (i > from || padded[i] !== ' ') sum += at(hash);
    }
  }
  return sum;
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, over UTF-16 code units. */
const FNV_START = 0x811c9dc5;
const next = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);
const at = (hash: number): number => WEIGHTS[(hash >>> 0) % WEIGHTS.length]!;
