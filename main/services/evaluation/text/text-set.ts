/** A corpus of texts as the text task goes through it: read, predict, figure. */
import type { TextItem } from '../corpora/text-item.ts';
import { corpusName } from '../corpora/names.ts';
import type { EvaluationContext } from '../context.ts';
import type { Figure } from '../figure.ts';
import type { FigureMaker } from '../make-figure.ts';
import { predictTexts, type Predicted } from '../predicted.ts';

export interface TextSet {
  readonly run: (context: EvaluationContext) => Promise<Figure[]>;
}

interface TextSetParts<T extends TextItem> {
  readonly corpus: string;
  readonly part: string;
  /** How the rows are read, where there is more than one way. */
  readonly way?: string;
  readonly read: (textFolder: string) => Promise<T[]>;
  /** Rows that are read at most, a seeded sample of them; absent: as many as of any set. */
  readonly most?: number;
  readonly figures: (pairs: readonly Predicted<T>[], make: FigureMaker) => Figure[];
}

/** A model that says of more than half of the rows that it can't read them is not judged on them without saying so. */
const UNREADABLE_QUALITY = 0.2;

export const textSet = <T extends TextItem>(parts: TextSetParts<T>): TextSet => ({
  async run(context) {
    const { corpus, part, way = '' } = parts;
    const pairs = await predictedTexts(context, parts);
    const unread = pairs.filter(({ row }) => row.quality < UNREADABLE_QUALITY).length / pairs.length;
    const figures = parts.figures(pairs, context.figures({ task: 'text', corpus, part, way }));
    if (unread <= 0.5) return figures;
    const note = `the model says of ${Math.round(100 * unread)} % of these texts that it can't read them`;
    return figures.map((f) => ({ ...f, note: f.note === undefined ? note : `${f.note}; ${note}` }));
  },
});

/** Read once, whichever task asks first. */
export function predictedTexts<T extends TextItem>(
  context: EvaluationContext,
  { corpus, part, way = '', read, most }: Omit<TextSetParts<T>, 'figures'>,
): Promise<Predicted<T>[]> {
  const place = [corpusName(corpus), part, way].filter(Boolean).join(', ');
  return context.once(`text: ${place}`, async () => {
    const items = context.take(await read(await context.texts()), most);
    const { pairs } = await predictTexts(items, context.reader(`text: ${place}`));
    return pairs;
  });
}
