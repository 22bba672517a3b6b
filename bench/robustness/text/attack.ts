/**
 * A word-substitution attack after Jin et al. 2020 (TextFooler), greedy: the words that matter most to the model's own answer are replaced first, each by the
 * candidate that makes the true category least probable. Replacements keep the sense for a reader: a neutral synonym, a word spelt nearly alike where
 * neither it nor the original carries sentiment (VADER), or two inner letters swapped.
 */
import { CATEGORIES, type Category } from '#contract/emotion/categories.ts';
import type { PredictedRow } from '#contract/files/predict.ts';
import { predictTexts, type Reader } from '#main/services/evaluation/predicted.ts';
import { topCategory } from '#main/services/evaluation/answers.ts';
import { synonymsOf } from './synonyms.ts';
import type { Vocabulary } from './vocabulary.ts';

export const BUDGET = {
  /** Words that may be replaced, as a share of the text's, and at most. */
  share: 0.2,
  mostWords: 3,
  /** Candidates a word. */
  candidates: 10,
};

export interface Attacked {
  readonly row: PredictedRow;
  readonly replaced: number;
  /** Texts that the model was asked about. */
  readonly queries: number;
}

export interface Means {
  readonly vocabulary: Vocabulary;
  /** Words that carry sentiment. */
  readonly loaded: ReadonlySet<string>;
}

const WORD = /[a-zA-Z']{3,}/g;

interface Place {
  readonly from: number;
  readonly word: string;
}

const placesOf = (text: string): Place[] =>
  [...text.matchAll(WORD)].map((m) => ({ from: m.index, word: m[0] }));

interface Change extends Place {
  readonly other: string;
}

/** Places are the untouched text's: a replacement may be shorter than what counts as a word. */
export const withWords = (text: string, changes: readonly Change[]): string =>
  changes
    .toSorted((a, b) => b.from - a.from)
    .reduce(
      (made, { from, word, other }) => made.slice(0, from) + other + made.slice(from + word.length),
      text,
    );

function candidatesFor(word: string, { vocabulary, loaded }: Means): string[] {
  const lower = word.toLowerCase();
  const near = loaded.has(lower) || word.length < 5 ? [] : vocabulary.near(lower, 1);
  const swapped = Array.from({ length: Math.max(0, word.length - 3) }, (_, i) => {
    const k = i + 1;
    return word.slice(0, k) + word[k + 1]! + word[k]! + word.slice(k + 2);
  });
  const all = [...synonymsOf(word), ...near.filter((other) => !loaded.has(other)), ...swapped];
  return [...new Set(all)].filter((other) => other !== word).slice(0, BUDGET.candidates);
}

/** `row`: the model's answer to the untouched text. A text that it gets wrong is left alone. */
export async function attacked(
  text: string,
  truth: Category,
  row: PredictedRow,
  means: Means,
  by: Reader,
): Promise<Attacked> {
  let queries = 0;
  const ask = async (texts: readonly string[]): Promise<PredictedRow[]> => {
    queries += texts.length;
    const items = texts.map((t, i) => ({ id: String(i), text: t }));
    return (await predictTexts(items, by)).pairs.map((pair) => pair.row);
  };
  const worst = (rows: readonly PredictedRow[]): number =>
    rows.reduce((best, r, i) => (r.probabilities[truth] < rows[best]!.probabilities[truth] ? i : best), 0);

  if (topCategory(row, CATEGORIES) !== truth) return { row, replaced: 0, queries };
  const places = placesOf(text);
  const without = await ask(places.map((place) => withWords(text, [{ ...place, other: '' }])));
  const order = places
    .map((_, i) => i)
    .sort((a, b) => without[a]!.probabilities[truth] - without[b]!.probabilities[truth]);
  const budget = Math.min(BUDGET.mostWords, Math.max(1, Math.floor(BUDGET.share * places.length)));
  const changes: Change[] = [];
  let now = row;
  for (const index of order.slice(0, budget)) {
    const place = places[index]!;
    const candidates = candidatesFor(place.word, means);
    if (candidates.length === 0) continue;
    const rows = await ask(candidates.map((other) => withWords(text, [...changes, { ...place, other }])));
    const best = worst(rows);
    if (rows[best]!.probabilities[truth] >= now.probabilities[truth]) continue;
    changes.push({ ...place, other: candidates[best]! });
    now = rows[best]!;
    if (topCategory(now) !== truth) break;
  }
  return { row: now, replaced: changes.length, queries };
}
