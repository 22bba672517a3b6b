/** Abstaining at a set error: the confidence is found on a corpus' dev part. */
import type { CategoryAnswer } from '../answers.ts';
import { categoryAnswer } from '../answers.ts';
import { abstainingFigures } from '../abstaining.ts';
import type { EvaluationContext } from '../context.ts';
import { readEmoryNlp, readMeld } from '../corpora/dialogues.ts';
import { readGoEmotions } from '../corpora/goemotions.ts';
import { categoryOfLabel } from '../corpora/labels.ts';
import { readSmp } from '../corpora/labelled-texts.ts';
import { corpusName } from '../corpora/names.ts';
import type { Part } from '../corpora/own-test.ts';
import type { Figure } from '../figure.ts';
import { answersOf, unit, type Spoken } from './dialogue.ts';
import { singleAnswers } from './goemotions.ts';
import { predictedTexts } from './text-set.ts';

export async function textAbstaining(context: EvaluationContext): Promise<Figure[]> {
  const go = async (part: Part): Promise<CategoryAnswer[]> =>
    singleAnswers(
      await predictedTexts(context, {
        corpus: 'goemotions',
        part,
        read: (folder) => readGoEmotions(folder, part),
      }),
    );
  const meld = async (part: Part): Promise<Spoken[]> =>
    answersOf(
      await predictedTexts(context, { corpus: 'meld', part, read: (folder) => readMeld(folder, part) }),
    );
  const smp = async (part: Part): Promise<CategoryAnswer[]> =>
    (await predictedTexts(context, { corpus: 'smp2020', part, read: (folder) => readSmp(folder, part) })).map(
      ({ item, row }) => categoryAnswer(categoryOfLabel(item.label)!, row),
    );
  const emory = answersOf(
    await predictedTexts(context, { corpus: 'emorynlp', part: 'dev', read: readEmoryNlp }),
  );
  const make = (corpus: string, part: string): ReturnType<EvaluationContext['figures']> =>
    context.figures({ task: 'text', corpus, part });
  const from = (corpus: string): string => `dev of ${corpusName(corpus)}`;
  return [
    ...abstainingFigures(
      make('goemotions', 'own test'),
      await go('dev'),
      await go('own test'),
      from('goemotions'),
    ),
    ...abstainingFigures(make('meld', 'own test'), await meld('dev'), await meld('own test'), from('meld'), {
      unit,
    }),
    // Other scenes with other labellers: what was found on MELD promises nothing here.
    ...abstainingFigures(make('emorynlp', 'dev'), await meld('dev'), emory, from('meld'), { unit }),
    ...abstainingFigures(
      make('smp2020', 'own test'),
      await smp('dev'),
      await smp('own test'),
      from('smp2020'),
    ),
  ];
}
