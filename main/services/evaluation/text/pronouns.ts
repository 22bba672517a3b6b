/** The same sentence about a man and about a woman: the answer should be the same. */
import type { PredictedRow } from '#contract/files/predict.ts';
import { topCategory } from '../answers.ts';
import type { EvaluationContext } from '../context.ts';
import { readGoEmotions } from '../corpora/goemotions.ts';
import type { Figure } from '../figure.ts';
import { predictTexts } from '../predicted.ts';

const SWAPPED: Record<string, string> = {
  he: 'she',
  she: 'he',
  his: 'her',
  her: 'his',
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

/** Every word of the table becomes its counterpart; capitals at the beginning stay. */
export const genderSwapped = (text: string): string =>
  text.replaceAll(/[A-Za-z]+/g, (word) => {
    const other = SWAPPED[word.toLowerCase()];
    if (other === undefined) return word;
    return /^[A-Z]/.test(word) ? other[0]!.toUpperCase() + other.slice(1) : other;
  });

interface Swap {
  readonly before: PredictedRow;
  readonly after: PredictedRow;
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
  const swaps = before.pairs.map(({ row }, i): Swap => ({ before: row, after: after.pairs[i]!.row }));
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
