/** GoEmotions: 28 labels at the manifest's threshold, and the seven categories in two readings. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import {
  accuracy,
  macroF1,
  macroF1OfLabels,
  unweightedAverageRecall,
} from '#models/metrics/classification.ts';
import { categoryAnswer, type CategoryAnswer } from '../answers.ts';
import { readGoEmotions, type GoEmotionsItem } from '../corpora/goemotions.ts';
import type { Figure } from '../figure.ts';
import { confidenceFigures, type FigureMaker } from '../make-figure.ts';
import type { Predicted } from '../predicted.ts';
import { textSet } from './text-set.ts';

type Pairs = readonly Predicted<GoEmotionsItem>[];

/** Of the rows with one category. */
export const singleAnswers = (pairs: Pairs): CategoryAnswer[] =>
  pairs
    .filter(({ item }) => item.categories.length === 1)
    .map(({ item, row }) => categoryAnswer(item.categories[0]!, row));

function figuresOf(pairs: Pairs, make: FigureMaker): Figure[] {
  const fine = pairs.map(({ item, row }) => ({ truth: item.fine, guess: row.labels }));
  const single = singleAnswers(pairs);
  const several = pairs.map(({ item, row }) => ({
    truth: item.categories,
    guess: CATEGORIES.filter((c) => row.probabilities[c] >= SHARE),
  }));
  const one = 'rows with one category, the most probable one answered';
  return [
    make('macro-F1, 28 labels', fine, macroF1OfLabels, { note: "at the manifest's one threshold" }),
    make("macro-F1, Ekman's 7, one answer", single, macroF1, { note: one }),
    make("macro-F1, Ekman's 7, several answers", several, macroF1OfLabels, {
      note: `all rows; a category is answered from a probability of ${SHARE} on`,
    }),
    make("UAR, Ekman's 7", single, unweightedAverageRecall, { note: one }),
    make("accuracy, Ekman's 7", single, accuracy, { note: one }),
    ...confidenceFigures(make, single),
  ];
}

/** Two categories may both reach it, or none but one. */
const SHARE = 0.33;

export const GOEMOTIONS = (['dev', 'own test'] as const).map((part) =>
  textSet({ corpus: 'goemotions', part, read: (folder) => readGoEmotions(folder, part), figures: figuresOf }),
);
