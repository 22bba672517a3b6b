/** Emotions that a sentence names and doesn't express, and sentences of two languages: how often the answer is one that a reader accepts, and how often plainly wrong. */
import type { PredictedRow } from '#contract/files/predict.ts';
import { groupedBy } from '#models/metrics/grouped.ts';
import { topCategory } from '../answers.ts';
import { readIrony, readMixed, readOtherwise, type OtherwiseItem } from '../corpora/otherwise.ts';
import type { Part } from '../corpora/own-test.ts';
import type { FigureMaker } from '../make-figure.ts';
import type { Figure } from '../figure.ts';
import type { Predicted } from '../predicted.ts';
import { textSet } from './text-set.ts';

type Pair = Predicted<OtherwiseItem>;

const share = (pairs: readonly Pair[], of: (item: OtherwiseItem, row: PredictedRow) => boolean): number =>
  pairs.filter(({ item, row }) => of(item, row)).length / pairs.length;

const right = (pairs: readonly Pair[]): number =>
  share(pairs, (item, row) => item.right.includes(topCategory(row)));
const wrong = (pairs: readonly Pair[]): number =>
  share(pairs, (item, row) => item.wrong.includes(topCategory(row)));
const wrongAndSure = (pairs: readonly Pair[]): number =>
  share(pairs, (item, row) => !row.abstained && item.wrong.includes(topCategory(row)));

function figuresOf(pairs: readonly Pair[], make: FigureMaker): Figure[] {
  return [
    make('share that a reader accepts', pairs, right),
    make('share plainly wrong', pairs, wrong),
    make('share plainly wrong and not "not sure"', pairs, wrongAndSure),
    ...[...groupedBy(pairs, ({ item }) => item.kind)].map(([kind, own]) =>
      make(`share that a reader accepts, ${kind}`, own, right, { table: 'groups' }),
    ),
  ];
}

const PARTS: readonly Part[] = ['dev', 'own test'];

interface Sentences {
  readonly corpus: string;
  readonly part: Part;
  readonly items: () => Promise<OtherwiseItem[]>;
}

const SENTENCES = PARTS.flatMap((part): Sentences[] => [
  { corpus: 'otherwise-en', part, items: () => readOtherwise('en', part) },
  { corpus: 'otherwise-zh', part, items: () => readOtherwise('zh', part) },
  { corpus: 'irony-en', part, items: () => readIrony(part) },
  { corpus: 'mixed', part, items: () => readMixed(part) },
]);

/** How a sentence is read: by itself, or as a turn of talk without anything before it. */
const WAYS = {
  alone: {},
  'as talk': { context: [] },
};

export const OTHERWISE = SENTENCES.flatMap(({ corpus, part, items }) =>
  Object.entries(WAYS).map(([way, read]) =>
    textSet({
      corpus,
      part,
      way,
      read: async () => (await items()).map((item) => ({ ...item, ...read })),
      figures: figuresOf,
    }),
  ),
);
