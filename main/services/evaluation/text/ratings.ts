/** Correlation with ratings: EmoBank, SemEval-2018, DimABSA. */
import type { Category } from '#contract/emotion/categories.ts';
import { DIMENSIONS, type Dimension } from '#contract/emotion/dimensions.ts';
import type { PredictedRow } from '#contract/files/predict.ts';
import { pearson, type Rated } from '#models/metrics/regression.ts';
import { groupedBy } from '#models/metrics/grouped.ts';
import { categoryOfLabel } from '../corpora/labels.ts';
import { readDimAbsa, readEmoBank, readSemEval, type RatedItem } from '../corpora/rated-texts.ts';
import type { Figure } from '../figure.ts';
import type { FigureMaker } from '../make-figure.ts';
import type { Predicted } from '../predicted.ts';
import { textSet } from './text-set.ts';

type Pairs = readonly Predicted<RatedItem>[];

const rated = (pairs: Pairs, name: string, of: (row: PredictedRow) => number | undefined): Rated[] =>
  pairs.flatMap(({ item, row }) => {
    const [truth, guess] = [item.ratings[name], of(row)];
    return truth === undefined || guess === undefined ? [] : [{ truth, guess }];
  });

const dimensionFigures =
  (dimensions: readonly Dimension[]) =>
  (pairs: Pairs, make: FigureMaker): Figure[] =>
    dimensions.map((d) =>
      make(
        `r, ${d}`,
        rated(pairs, d, (row) => row.vad[d]?.mean),
        pearson,
      ),
    );

const PARTS = ['dev', 'own test'] as const;

export const EMOBANK = PARTS.map((part) =>
  textSet({
    corpus: 'emobank',
    part,
    read: (folder) => readEmoBank(folder, part),
    figures: dimensionFigures(DIMENSIONS),
  }),
);

const INTENSITIES = ['anger', 'fear', 'joy', 'sadness'] as const;

/** r of each emotion and their mean, for one way of reading intensity from a row. */
function intensityFigures(
  pairs: Pairs,
  make: FigureMaker,
  how: string,
  of: (row: PredictedRow, category: Category) => number,
): Figure[] {
  const items = pairs.map(({ item, row }) => {
    const [emotion = '', truth = 0] = Object.entries(item.ratings)[0] ?? [];
    return { emotion, truth, guess: of(row, categoryOfLabel(emotion)!) };
  });
  const meanR = (drawn: readonly (typeof items)[number][]): number => {
    const each = [...groupedBy(drawn, (i) => i.emotion).values()].map(pearson);
    return each.reduce((a, b) => a + b, 0) / each.length;
  };
  const single = INTENSITIES.map((emotion) =>
    make(
      `r, intensity of ${emotion}, by ${how}`,
      items.filter((i) => i.emotion === emotion),
      pearson,
    ),
  );
  return [make(`r, intensity, mean of four, by ${how}`, items, meanR), ...single];
}

/** The rated strength of one emotion where the model gives it, else the emotion's probability. */
const strengthOf = (row: PredictedRow, c: Category): number => row.intensities?.[c] ?? row.probabilities[c];

export const SEMEVAL = PARTS.flatMap((part) => [
  textSet({
    corpus: 'semeval2018',
    part,
    read: async (folder) => (await Promise.all(INTENSITIES.map((e) => readSemEval(folder, e, part)))).flat(),
    figures: (pairs, make) => [
      ...intensityFigures(pairs, make, 'emotion', strengthOf),
      ...intensityFigures(pairs, make, '`intensity`', (row) => row.intensity),
    ],
  }),
  textSet({
    corpus: 'semeval2018-valence',
    part,
    read: (folder) => readSemEval(folder, 'valence', part),
    figures: dimensionFigures(['valence']),
  }),
]);

const TOPICS = {
  zho: ['restaurant', 'laptop', 'finance', 'environmental_protection'],
  eng: ['restaurant', 'laptop', 'environmental_protection'],
};

export const DIMABSA = (['zho', 'eng'] as const).map((language) =>
  textSet({
    corpus: language === 'zho' ? 'dimabsa-zh' : 'dimabsa-en',
    part: "authors' dev",
    read: async (folder) =>
      (await Promise.all(TOPICS[language].map((topic) => readDimAbsa(folder, language, topic)))).flat(),
    figures: dimensionFigures(['valence', 'arousal']),
  }),
);
