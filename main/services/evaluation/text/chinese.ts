/** Chinese posts: CLUE by its own seven labels, SMP2020 by its six. */
import { argmax, type Category } from '#contract/emotion/categories.ts';
import type { PredictedRow } from '#contract/files/predict.ts';
import { accuracy, macroF1 } from '#models/metrics/classification.ts';
import { categoryAnswer, topFine } from '../answers.ts';
import { categoryOfLabel } from '../corpora/labels.ts';
import { readClue, readSmp } from '../corpora/labelled-texts.ts';
import { confidenceFigures } from '../make-figure.ts';
import { textSet } from './text-set.ts';

const CLUE_LABELS = ['happiness', 'like', 'sadness', 'anger', 'disgust', 'fear', 'surprise'];
const PARTS = ['dev', 'own test'] as const;

const CLUE = PARTS.map((part) =>
  textSet({
    corpus: 'clue',
    part,
    read: (folder) => readClue(folder, part),
    figures: (pairs, make) => {
      // Only a model that knows Weibo's labels can answer "like".
      const answers = pairs
        .filter(({ row }) => 'like' in row.fine)
        .map(({ item, row }) => ({ truth: item.label, guess: topFine(row, CLUE_LABELS) }));
      const missing = pairs.length - answers.length;
      const note =
        missing > 0 ? `${missing} rows came back without Weibo's labels and are left out` : undefined;
      return [
        make('accuracy, 7 labels', answers, accuracy, { note }),
        make('macro-F1, 7 labels', answers, macroF1, { note }),
      ];
    },
  }),
);

/** SMP2020 has no disgust; what reads so counts as anger, as its annotators had to. */
const SMP_CLASSES: Category[] = ['neutral', 'happiness', 'sadness', 'anger', 'fear', 'surprise'];

function topOfSix({ probabilities }: PredictedRow): Category {
  const six = SMP_CLASSES.map((c) => probabilities[c] + (c === 'anger' ? probabilities.disgust : 0));
  return SMP_CLASSES[argmax(six)]!;
}

const SMP2020 = PARTS.map((part) =>
  textSet({
    corpus: 'smp2020',
    part,
    read: (folder) => readSmp(folder, part),
    figures: (pairs, make) => {
      const truths = pairs.map(({ item, row }) => ({ truth: categoryOfLabel(item.label)!, row }));
      const six = truths.map(({ truth, row }) => ({ truth, guess: topOfSix(row) }));
      return [
        make('macro-F1, 6 labels', six, macroF1, { note: 'disgust counts as anger' }),
        make('accuracy, 6 labels', six, accuracy),
        ...confidenceFigures(
          make,
          truths.map(({ truth, row }) => categoryAnswer(truth, row)),
        ),
      ];
    },
  }),
);

export const CHINESE = [...CLUE, ...SMP2020];
