/** What it brings that a person marks some of a speaker's utterances as neutral: the other clips, read with these marks and without. */
import type { Category } from '#contract/emotion/categories.ts';
import { unweightedAverageRecall } from '#models/metrics/classification.ts';
import { topCategory } from '../answers.ts';
import type { Figure } from '../figure.ts';
import type { FigureMaker } from '../make-figure.ts';
import { lessUnmarked, UAR_CATEGORIES } from '../metric-names.ts';
import type { Reader } from '../predicted.ts';
import { readSelection, type HeardClip, type Selection } from './hear.ts';

interface Marked {
  readonly speaker: string;
  readonly truth: Category;
  readonly guess: Category;
  /** Without the marks. */
  readonly before: Category;
}

const withoutMark = ({ item, windows }: HeardClip): HeardClip => ({ item, windows });

export async function markedFigures(
  make: FigureMaker,
  selections: readonly Selection[],
  by: Reader,
): Promise<Figure[]> {
  const items: Marked[] = [];
  /** By speaker: the same clips in every draw. */
  const unmarked = new Map<string | null, Awaited<ReturnType<typeof readSelection>>>();
  for (const { speaker, clips } of selections) {
    const read = await readSelection({ speaker, clips }, by);
    const plain =
      unmarked.get(speaker) ?? (await readSelection({ speaker, clips: clips.map(withoutMark) }, by));
    unmarked.set(speaker, plain);
    clips.forEach(({ item, marked }, i) => {
      if (marked) return;
      const [guess, before] = [topCategory(read[i]!.row), topCategory(plain[i]!.row)];
      items.push({ speaker: item.speaker, truth: item.category, guess, before });
    });
  }
  const without = (drawn: readonly Marked[]): number =>
    unweightedAverageRecall(drawn.map(({ truth, before }) => ({ truth, guess: before })));
  const options = {
    unit: { kind: 'speakers', of: ({ speaker }: Marked) => speaker },
    note: `${selections.length} selections; the marked clips are not counted, the others once a draw`,
  };
  return [
    make(UAR_CATEGORIES, items, unweightedAverageRecall, options),
    make(
      lessUnmarked(UAR_CATEGORIES),
      items,
      (drawn) => unweightedAverageRecall(drawn) - without(drawn),
      options,
    ),
  ];
}
