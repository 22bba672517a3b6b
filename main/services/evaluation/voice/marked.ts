/** What it brings that a person marks some of a speaker's utterances as neutral: the other clips, read with these marks and without. */
import type { Category } from '#contract/emotion/categories.ts';
import { unweightedAverageRecall } from '#models/metrics/classification.ts';
import { topCategory } from '../answers.ts';
import type { Figure } from '../figure.ts';
import type { FigureMaker } from '../make-figure.ts';
import { lessUnmarked } from '../metric-names.ts';
import type { Reader } from '../predicted.ts';
import { readSelection, type Selection } from './hear.ts';

const UAR = 'UAR, 7 categories';

interface Marked {
  readonly speaker: string;
  readonly truth: Category;
  readonly guess: Category;
  readonly unmarked: Category;
}

export async function markedFigures(
  make: FigureMaker,
  selections: readonly Selection[],
  by: Reader,
): Promise<Figure[]> {
  const items: Marked[] = [];
  for (const { speaker, clips } of selections) {
    const read = await readSelection({ speaker, clips }, by);
    const plain = await readSelection(
      { speaker, clips: clips.map((clip) => ({ ...clip, marked: false })) },
      by,
    );
    clips.forEach(({ item, marked }, i) => {
      if (marked) return;
      const [guess, unmarked] = [topCategory(read[i]!.row), topCategory(plain[i]!.row)];
      items.push({ speaker: item.speaker, truth: item.category, guess, unmarked });
    });
  }
  const without = (drawn: readonly Marked[]): number =>
    unweightedAverageRecall(drawn.map(({ truth, unmarked }) => ({ truth, guess: unmarked })));
  const options = {
    unit: { kind: 'speakers', of: ({ speaker }: Marked) => speaker },
    note: `${selections.length} selections; the marked clips are not counted`,
  };
  return [
    make(UAR, items, unweightedAverageRecall, options),
    make(lessUnmarked(UAR), items, (drawn) => unweightedAverageRecall(drawn) - without(drawn), options),
  ];
}
