/** Words: GoEmotions' dev rows with one category, made worse. */
import { readGoEmotions } from '#main/services/evaluation/corpora/goemotions.ts';
import { readData } from '#main/services/evaluation/corpora/files.ts';
import { linesOf, tsvRows } from '#main/services/evaluation/corpora/table.ts';
import { categoryAnswer } from '#main/services/evaluation/answers.ts';
import { predictTexts, type Predicted, type Reader } from '#main/services/evaluation/predicted.ts';
import type { GoEmotionsItem } from '#main/services/evaluation/corpora/goemotions.ts';
import { sampled, seededRandom } from '#models/metrics/random.ts';
import { outcomeOf, type Answer, type Condition, type Outcome } from '../condition.ts';
import { attacked, BUDGET } from './attack.ts';
import { TEXT_CONDITIONS } from './conditions.ts';
import { misheard, recogniserErrors, wordErrorRate } from './recogniser-errors.ts';
import { Vocabulary } from './vocabulary.ts';

const SET = 'Words: GoEmotions dev, rows with one category';
const ROWS = 1000;
const ATTACKED_ROWS = 150;
const SEED = 20;

const answerOf = ({ item, row }: Predicted<GoEmotionsItem>): Answer => ({
  ...categoryAnswer(item.categories[0]!, row),
  quality: row.quality,
  abstained: row.abstained,
});

export async function* textSuite(data: string, textFolder: string, by: Reader): AsyncGenerator<Outcome> {
  const all = (await readGoEmotions(textFolder, 'dev')).filter((item) => item.categories.length === 1);
  const items = sampled(all, ROWS, seededRandom(SEED));
  const train = tsvRows(await readData(textFolder, 'goemotions', 'train.tsv'));
  const vocabulary = new Vocabulary(train.map(([text = '']) => text));
  const errors = await recogniserErrors(data, by);
  const heard = (factor: number): Condition<string> => ({
    id: `recogniser-x${factor}`,
    title: `recogniser's errors, simulated: ${(100 * factor * wordErrorRate(errors)).toFixed(0)} % of the words`,
    change: (text, random) => misheard(text, errors, factor, vocabulary, random),
  });
  const note = factorNote(errors.clips, errors.words);
  for (const condition of [...TEXT_CONDITIONS, heard(1), heard(2)]) {
    const random = seededRandom(SEED);
    const changed = [];
    for (const item of items) changed.push({ ...item, text: await condition.change(item.text, random) });
    const { pairs } = await predictTexts(changed, by);
    yield outcomeOf(
      SET,
      condition,
      pairs.map(answerOf),
      condition.id.startsWith('recogniser') ? note : undefined,
    );
  }
  yield await attackOutcome(items.slice(0, ATTACKED_ROWS), textFolder, vocabulary, by);
}

const factorNote = (clips: number, words: number): string =>
  `error rates and real confusions of the app's recogniser on ${clips} clips (${words} words) of LibriSpeech test-other`;

async function attackOutcome(
  items: readonly GoEmotionsItem[],
  textFolder: string,
  vocabulary: Vocabulary,
  by: Reader,
): Promise<Outcome> {
  const lexicon = linesOf(await readData(textFolder, 'lexicons', 'vader', 'vader_lexicon.txt'));
  const loaded = new Set(lexicon.map((line) => line.split('\t')[0]!));
  const { pairs } = await predictTexts(items, by);
  const answers: Answer[] = [];
  let [right, fooled, replaced, queries] = [0, 0, 0, 0];
  for (const { item, row } of pairs) {
    const truth = item.categories[0]!;
    const result = await attacked(item.text, truth, row, { vocabulary, loaded }, by);
    const answer = answerOf({ item, row: result.row });
    answers.push(answer);
    queries += result.queries;
    if (!categoryAnswer(truth, row).right) continue;
    right++;
    if (answer.right) continue;
    fooled++;
    replaced += result.replaced;
  }
  const budget = `at most ${BUDGET.mostWords} words and ${100 * BUDGET.share} % of a text (one always), ${BUDGET.candidates} candidates a word`;
  const note = `${budget}; succeeds on ${fooled} of ${right} right answers (${((100 * fooled) / right).toFixed(0)} %), replacing ${(replaced / Math.max(1, fooled)).toFixed(1)} words, ${(queries / items.length).toFixed(0)} questions a text; before the attack accuracy ${(right / items.length).toFixed(3)}`;
  return outcomeOf(SET, { id: 'attack', title: 'word-substitution attack' }, answers, note);
}
