/** Talk: one emotion an utterance, read with up to six earlier utterances; and how evenly it is read over speakers, genders and ages. */
import type { Category } from '#contract/emotion/categories.ts';
import { accuracy, macroF1, weightedF1 } from '#models/metrics/classification.ts';
import { groupedBy } from '#models/metrics/grouped.ts';
import { categoryAnswer, type CategoryAnswer } from '../answers.ts';
import { readCped, readEmoryNlp, readMeld, readXDaily } from '../corpora/dialogues.ts';
import { categoryOfLabel } from '../corpora/labels.ts';
import type { LabelledItem } from '../corpora/labelled-texts.ts';
import type { Part } from '../corpora/own-test.ts';
import type { Figure } from '../figure.ts';
import { confidenceFigures, type FigureMaker } from '../make-figure.ts';
import { WEIGHTED_F1 } from '../metric-names.ts';
import type { Predicted } from '../predicted.ts';
import { textSet } from './text-set.ts';

type Pairs = readonly Predicted<LabelledItem>[];
export type Spoken = CategoryAnswer & { readonly dialogue: string; readonly item: LabelledItem };

export const unit = { kind: 'dialogues', of: (a: Spoken) => a.dialogue };
const FEWEST_IN_A_GROUP = 50;

/** Utterances whose label is one of the seven. */
export const answersOf = (
  pairs: Pairs,
  categoryOf: (label: string) => Category | null = categoryOfLabel,
): Spoken[] =>
  pairs.flatMap(({ item, row }) => {
    const truth = categoryOf(item.label);
    return truth === null
      ? []
      : [{ ...categoryAnswer(truth, row), dialogue: item.dialogue ?? item.id, item }];
  });

function talkFigures(pairs: Pairs, make: FigureMaker, categoryOf = categoryOfLabel): Figure[] {
  const answers = answersOf(pairs, categoryOf);
  const left = pairs.length - answers.length;
  const note =
    left > 0 ? `${left} utterances with a label that is none of the seven are left out` : undefined;
  return [
    make(WEIGHTED_F1, answers, weightedF1, { unit, note }),
    make('macro-F1, 7 emotions, with context', answers, macroF1, { unit }),
    make('accuracy, 7 emotions, with context', answers, accuracy, { unit }),
    ...confidenceFigures(make, answers, { unit }),
    ...groupFigures(answers, make),
  ];
}

/** Groups of people that the corpus tells apart and that said enough. */
function groupFigures(answers: readonly Spoken[], make: FigureMaker): Figure[] {
  const traits = Object.keys(answers[0]?.item.person ?? {});
  return traits.flatMap((trait) =>
    [...groupedBy(answers, ({ item }) => item.person?.[trait] ?? 'unknown')]
      .filter(([value, group]) => group.length >= FEWEST_IN_A_GROUP && value !== 'unknown')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, group]) =>
        make(`weighted F1, ${trait} ${value}`, group, weightedF1, { unit, table: 'groups' }),
      ),
  );
}

/** CPED's thirteen, as far as each is one of the seven; relaxed and the two "others" are not. */
const CPED: Record<string, Category> = {
  astonished: 'surprise',
  depress: 'sadness',
  worried: 'fear',
  grateful: 'happiness',
};

const PARTS: readonly Part[] = ['dev', 'own test'];

const MELD = PARTS.map((part) =>
  textSet({
    corpus: 'meld',
    part,
    read: (folder) => readMeld(folder, part),
    figures: (pairs, make) => talkFigures(pairs, make),
  }),
);

/** Utterances with six before them take their time, and more of them would narrow the interval little. */
const XDAILY_ROWS = 1000;

const XDAILY = (['en', 'zh'] as const).flatMap((language) =>
  PARTS.map((part) =>
    textSet({
      corpus: `xdaily-${language}`,
      part,
      most: XDAILY_ROWS,
      read: (folder) => readXDaily(folder, language, part),
      figures: (pairs, make) => talkFigures(pairs, make),
    }),
  ),
);

export const DIALOGUES = [
  ...MELD,
  textSet({
    corpus: 'emorynlp',
    part: 'dev',
    read: readEmoryNlp,
    figures: (pairs, make) => talkFigures(pairs, make),
  }),
  ...XDAILY,
  textSet({
    corpus: 'cped',
    part: 'own test',
    read: readCped,
    figures: (pairs, make) => talkFigures(pairs, make, (label) => CPED[label] ?? categoryOfLabel(label)),
  }),
];
