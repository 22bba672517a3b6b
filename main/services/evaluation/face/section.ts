/** Everything that is measured of the face model: FER+ PublicTest as crops, DiffusionFER as pictures in which the face is found first. */
import type { PredictedRow } from '#contract/files/predict.ts';
import type { Category } from '#contract/emotion/categories.ts';
import { argmax } from '#contract/emotion/categories.ts';
import { accuracy, unweightedAverageRecall } from '#models/metrics/classification.ts';
import { pearson } from '#models/metrics/regression.ts';
import { abstainingFigures, halves } from '../abstaining.ts';
import { categoryAnswer, type CategoryAnswer } from '../answers.ts';
import type { EvaluationContext } from '../context.ts';
import { readDiffusionFer, type DiffusionFerItem } from '../corpora/diffusionfer.ts';
import { FERPLUS_LABELS, readFerPlus, type FerPlusItem, type FerPlusLabel } from '../corpora/ferplus.ts';
import type { Figure } from '../figure.ts';
import { confidenceFigures } from '../make-figure.ts';
import { accuracyOf, uarOf } from '../metric-names.ts';
import { predictFrames, predictPictures, type Predicted, type Prediction } from '../predicted.ts';

export const FACE_NOTES = [
  'Groups: neither FER+ nor DiffusionFER says anything about gender, age or region, and guessing them from the pictures would be a figure about a guess; no table by group can be given.',
];

/** Contempt is counted as disgust among the seven. */
export const categoryOf = (label: FerPlusLabel): Category => (label === 'contempt' ? 'disgust' : label);

export const ferPlusPairs = (context: EvaluationContext): Promise<Predicted<FerPlusItem>[]> =>
  context.once('face ferplus', async () => {
    const items = context.take(await readFerPlus(context.options.data));
    return (await predictFrames(items, true, context.reader('face: FER+ PublicTest'))).pairs;
  });

export const diffusionFerPairs = (context: EvaluationContext): Promise<Prediction<DiffusionFerItem>> =>
  context.once('face diffusionfer', async () => {
    const items = context.take(await readDiffusionFer(context.options.data));
    return predictPictures(items, context.reader('face: DiffusionFER'));
  });

export async function faceFigures(context: EvaluationContext): Promise<Figure[]> {
  return [
    ...ferPlusFigures(context, await ferPlusPairs(context)),
    ...(await diffusionFigures(context)),
    ...(await abstaining(context)),
  ];
}

function ferPlusFigures(context: EvaluationContext, pairs: readonly Predicted<FerPlusItem>[]): Figure[] {
  const make = context.figures({ task: 'face', corpus: 'ferplus', part: 'PublicTest' });
  const eight = pairs.map(({ item, row }) => ({ truth: item.label, guess: topOfEight(row) }));
  const seven = sevenAnswers(pairs);
  const note = 'contempt counts as disgust';
  const recalls = FERPLUS_LABELS.map((label) =>
    make(
      `recall, ${label}`,
      eight.filter(({ truth }) => truth === label),
      accuracy,
      { table: 'groups' },
    ),
  );
  return [
    make(accuracyOf(8), eight, accuracy),
    make(uarOf(8), eight, unweightedAverageRecall),
    make(accuracyOf(7), seven, accuracy, { note }),
    make(uarOf(7), seven, unweightedAverageRecall, { note }),
    ...confidenceFigures(make, seven),
    ...recalls,
  ];
}

const sevenAnswers = (pairs: readonly Predicted<FerPlusItem>[]): CategoryAnswer[] =>
  pairs.map(({ item, row }) => categoryAnswer(categoryOf(item.label), row));

/** On the other half of the same pictures, and on pictures of another kind, where nothing is promised. */
async function abstaining(context: EvaluationContext): Promise<Figure[]> {
  const [known, others] = halves(sevenAnswers(await ferPlusPairs(context)));
  const { pairs } = await diffusionFerPairs(context);
  const strange = pairs.map(({ item, row }) => categoryAnswer(item.label, row));
  const from = 'every second picture of FER+ PublicTest';
  const place = { task: 'face', corpus: 'ferplus', part: 'PublicTest' } as const;
  return [
    ...abstainingFigures(context.figures(place), known, others, from),
    ...abstainingFigures(
      context.figures({ ...place, corpus: 'diffusionfer', part: 'all' }),
      known,
      strange,
      from,
    ),
  ];
}

/** Disgust among the seven holds contempt, which stands by itself among the fine labels. */
function topOfEight({ probabilities, fine }: PredictedRow): FerPlusLabel {
  const contempt = fine['contempt'] ?? 0;
  const eight = FERPLUS_LABELS.map((label) => {
    if (label === 'contempt') return contempt;
    return label === 'disgust' ? probabilities.disgust - contempt : probabilities[label];
  });
  return FERPLUS_LABELS[argmax(eight)]!;
}

async function diffusionFigures(context: EvaluationContext): Promise<Figure[]> {
  const { pairs, failed } = await diffusionFerPairs(context);
  const make = context.figures({ task: 'face', corpus: 'diffusionfer', part: 'all' });
  const answers = pairs.map(({ item, row }) => categoryAnswer(item.label, row));
  const missed = failed['face-not-found'] ?? 0;
  const note = missed > 0 ? `no face found in ${missed}` : undefined;
  const rated = (['valence', 'arousal'] as const).map((d) => {
    const items = pairs.map(({ item, row }) => ({ truth: item[d], guess: row.vad[d]?.mean ?? 0 }));
    return make(`r, ${d}`, items, pearson);
  });
  return [
    make(accuracyOf(7), answers, accuracy, { note }),
    make(uarOf(7), answers, unweightedAverageRecall, { note }),
    ...rated,
    ...confidenceFigures(make, answers),
  ];
}
