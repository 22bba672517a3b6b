/** The same sentence about a man and about a woman: the answer should be the same. */
import type { PredictedRow } from '#contract/files/predict.ts';
import { topCategory } from '../answers.ts';
import type { EvaluationContext } from '../context.ts';
import { readGoEmotions } from '../corpora/goemotions.ts';
import type { TextItem } from '../corpora/text-item.ts';
import type { Figure } from '../figure.ts';
import { predictTexts, type Predicted } from '../predicted.ts';

const SWAPPED: Record<string, string> = {
  he: 'she',
  she: 'he',
  hers: 'his',
  him: 'her',
  himself: 'herself',
  herself: 'himself',
  man: 'woman',
  woman: 'man',
  men: 'women',
  women: 'men',
  guy: 'girl',
  girl: 'guy',
  boy: 'girl',
  husband: 'wife',
  wife: 'husband',
  father: 'mother',
  mother: 'father',
  dad: 'mom',
  mom: 'dad',
  brother: 'sister',
  sister: 'brother',
  son: 'daughter',
  daughter: 'son',
  mr: 'mrs',
  mrs: 'mr',
};

/** After these "her" is whom it happens to, not whose it is: "saw her and …", "let her go". */
const NOT_OWNED = new Set(
  (
    'a about after again all an and any as at away back be because before but by do down even every feel for from get go ' +
    'have he here how i if in into is it just know like not now of off on or out over say she so some that the then there ' +
    'they this to too up was we what when where while who why with without you'
  ).split(' '),
);

/** Who is spoken of in "her car" and "saw her", "his car" and "it is his": the word behind it tells. */
function counterpart(word: string, next: string | undefined): string | undefined {
  if (word === 'her') return next === undefined || NOT_OWNED.has(next) ? 'him' : 'his';
  if (word === 'his') return next === undefined || NOT_OWNED.has(next) ? 'hers' : 'her';
  return SWAPPED[word];
}

/** Every word that tells a man from a woman becomes its counterpart; capitals at the beginning stay. */
export const genderSwapped = (text: string): string =>
  text.replaceAll(/[A-Za-z]+/g, (word, at: number) => {
    const next = /^ +([A-Za-z]+)/.exec(text.slice(at + word.length))?.[1];
    const other = counterpart(word.toLowerCase(), next?.toLowerCase());
    if (other === undefined) return word;
    return /^[A-Z]/.test(word) ? other[0]!.toUpperCase() + other.slice(1) : other;
  });

interface Swap {
  readonly before: PredictedRow;
  readonly after: PredictedRow;
}

/** By id: a row that failed is missing from one side, and no neighbour may take its place. */
export function swapsOf(
  before: readonly Predicted<TextItem>[],
  after: readonly Predicted<TextItem>[],
): Swap[] {
  const rowById = new Map(after.map(({ item, row }) => [item.id, row]));
  return before.flatMap(({ item, row }) => {
    const other = rowById.get(item.id);
    return other === undefined ? [] : [{ before: row, after: other }];
  });
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export async function pronounFigures(context: EvaluationContext): Promise<Figure[]> {
  const rows = await readGoEmotions(await context.texts(), 'dev');
  const items = context.take(rows.filter(({ text }) => genderSwapped(text) !== text));
  const reader = context.reader('text: men and women swapped');
  const before = await predictTexts(items, reader);
  const after = await predictTexts(
    items.map((item) => ({ ...item, text: genderSwapped(item.text) })),
    reader,
  );
  const swaps = swapsOf(before.pairs, after.pairs);
  const make = context.figures({
    task: 'text',
    corpus: 'goemotions',
    part: 'dev',
    way: 'men and women swapped',
  });
  const other = ({ before: a, after: b }: Swap): number => (topCategory(a) === topCategory(b) ? 0 : 1);
  const moved = ({ before: a, after: b }: Swap): number =>
    Math.abs((b.vad.valence?.mean ?? 0) - (a.vad.valence?.mean ?? 0));
  return [
    make('share of answers that change', swaps, (s) => mean(s.map(other)), { table: 'groups' }),
    make('mean change of valence', swaps, (s) => mean(s.map(moved)), { table: 'groups' }),
  ];
}
