/** Everything that is measured of the text model. */
import type { EvaluationContext } from '../context.ts';
import type { Figure } from '../figure.ts';
import { textAbstaining } from './abstaining.ts';
import { CHINESE } from './chinese.ts';
import { DIALOGUES } from './dialogue.ts';
import { GOEMOTIONS } from './goemotions.ts';
import { OTHERWISE } from './otherwise.ts';
import { pronounFigures } from './pronouns.ts';
import { DIMABSA, EMOBANK, SEMEVAL } from './ratings.ts';

const SETS = [...GOEMOTIONS, ...EMOBANK, ...SEMEVAL, ...DIALOGUES, ...CHINESE, ...DIMABSA, ...OTHERWISE];

export const TEXT_NOTES = [
  'Groups: GoEmotions, EmoBank, SemEval, DimABSA and the Weibo corpora say nothing about who wrote; MELD and EmoryNLP name the part in the series, CPED gender and age. Region is known for none beyond its language.',
];

export async function textFigures(context: EvaluationContext): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const set of SETS) figures.push(...(await set.run(context)));
  return [...figures, ...(await textAbstaining(context)), ...(await pronounFigures(context))];
}
