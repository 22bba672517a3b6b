/** Everything that is measured of the voice model with the shipped weights: on the RAVDESS actors that they never heard. */
import { macroF1, unweightedAverageRecall, type Answered } from '#models/metrics/classification.ts';
import type { Sure } from '#models/metrics/confidence.ts';
import { groupedBy } from '#models/metrics/grouped.ts';
import { seededRandom } from '#models/metrics/random.ts';
import { parseVoiceSettings } from '#models/voice/settings.ts';
import { categoryAnswer, topFine } from '../answers.ts';
import type { EvaluationContext } from '../context.ts';
import { ravdessHeldOut, type SpeechItem } from '../corpora/speech.ts';
import type { Figure } from '../figure.ts';
import { confidenceFigures, type FigureMaker } from '../make-figure.ts';
import { lessAlone, UAR_CATEGORIES, uarOf, VOICE_PART, VOICE_WAYS } from '../metric-names.ts';
import type { Predicted, Reader } from '../predicted.ts';
import { hearClips, readSelection, type HeardClip, type Selection } from './hear.ts';
import { markedFigures } from './marked.ts';
import { balanced, oneSided, ofLength, withMarks } from './selections.ts';

const SHARES = [0.25, 0.4, 0.6, 0.8, 1];
/** So many of a speaker's clips are marked by a person as neutral, and so many different ones. */
const [MARKS, MARK_DRAWS] = [4, 10];
const CLIP_COUNTS = [4, 8, 15, 30, 60];
const SEED = 20;
const FINE_UAR = uarOf(8);

export const VOICE_NOTES = [
  'Four actors, two women and two men, stand behind every figure of RAVDESS 17-20: the intervals, drawn over actors, are rough, and differences of gender are differences of two people. Age and region are not known; all speak North American English.',
];

/** One clip read in two ways. */
interface Compared extends Answered, Sure {
  readonly speaker: string;
  readonly gender: string;
  readonly category: ReturnType<typeof categoryAnswer>;
  readonly alone: string;
}

const unit = { kind: 'speakers', of: (c: { speaker: string }) => c.speaker };
const uarAlone = (items: readonly Compared[]): number =>
  unweightedAverageRecall(items.map(({ truth, alone }) => ({ truth, guess: alone })));

/** Each clip of the held-out actors, heard and read alone: the fusion task takes these too. */
export async function heldOutAlone(context: EvaluationContext): Promise<{
  clips: HeardClip[];
  alone: Predicted<SpeechItem>[];
}> {
  return context.once('voice held out', async () => {
    const by = context.reader('voice: RAVDESS actors 17 to 20');
    const clips = await hearClips(context.take(await ravdessHeldOut(context.options.data)), by);
    return { clips, alone: await readSelection({ speaker: null, clips }, by) };
  });
}

export async function voiceFigures(context: EvaluationContext): Promise<Figure[]> {
  const { clips, alone } = await heldOutAlone(context);
  const by = context.reader('voice: against the speaker’s own voice');
  const labels = [...new Set(Object.keys(alone[0]!.row.fine))];
  const guesses = new Map(alone.map(({ item, row }) => [item.id, topFine(row, labels)]));
  const make = (way: string): FigureMaker =>
    context.figures({ task: 'voice', corpus: 'ravdess', part: VOICE_PART, way });
  const read = (selections: readonly Selection[]): Promise<Read> => readAll(selections, labels, guesses, by);

  const { fewestUtterances } = parseVoiceSettings(
    context.options.models.of('voice-emotion').settings,
  ).baseline;

  const single = compared(alone, labels, guesses);
  const figures = mainFigures(make(VOICE_WAYS.alone), single);
  const all = await read(balanced(clips));
  figures.push(
    ...mainFigures(make(VOICE_WAYS.balanced), all.items, all.note),
    gain(make(VOICE_WAYS.balanced), all),
  );
  const lopsided = await read(oneSided(clips, 0.8, fewestUtterances, seededRandom(SEED)));
  figures.push(
    ...mainFigures(make(VOICE_WAYS.lopsided), lopsided.items, lopsided.note),
    gain(make(VOICE_WAYS.lopsided), lopsided),
  );

  const marked = withMarks(clips, MARKS, MARK_DRAWS, seededRandom(SEED));
  const marks = make(`${VOICE_WAYS.balanced}, ${MARKS} clips marked as neutral`);
  figures.push(...(await markedFigures(marks, marked, by)));

  for (const share of SHARES) {
    const { items, note } = await read(oneSided(clips, share, fewestUtterances, seededRandom(SEED)));
    const curve = make(`own voice, ${Math.round(100 * share)} % one emotion`);
    figures.push(
      curve(`${FINE_UAR}, by lopsidedness`, items, unweightedAverageRecall, { unit, note, table: 'curves' }),
    );
    const same = { unit, note: 'the same clips read alone', table: 'curves' } as const;
    figures.push(curve(`${FINE_UAR}, by lopsidedness, alone`, items, uarAlone, same));
  }
  for (const count of CLIP_COUNTS) {
    const { items, note, seconds } = await read(ofLength(clips, count, 3, seededRandom(SEED)));
    const curve = make(`own voice, ${count} clips (${Math.round(seconds)} s)`);
    figures.push(
      curve(`${FINE_UAR}, by length`, items, unweightedAverageRecall, { unit, note, table: 'curves' }),
    );
  }
  return [...figures, ...groups(make(VOICE_WAYS.alone), single)];
}

interface Read {
  readonly items: Compared[];
  /** How often the path really used a baseline. */
  readonly note: string;
  /** Of sound in a selection, on average. */
  readonly seconds: number;
}

async function readAll(
  selections: readonly Selection[],
  labels: readonly string[],
  alone: ReadonlyMap<string, string>,
  by: Reader,
): Promise<Read> {
  const items: Compared[] = [];
  let [used, seconds] = [0, 0];
  for (const selection of selections) {
    const pairs = await readSelection(selection, by);
    items.push(...compared(pairs, labels, alone));
    used += pairs.filter(({ row }) => row.reasons.includes('baseline-used')).length;
    seconds += selection.clips.reduce((sum, { item }) => sum + item.seconds, 0) / selections.length;
  }
  const note = `baseline used for ${Math.round((100 * used) / Math.max(1, items.length))} % of the clips, ${selections.length} selections`;
  return { items, note, seconds };
}

const compared = (
  pairs: readonly Predicted<SpeechItem>[],
  labels: readonly string[],
  alone: ReadonlyMap<string, string>,
): Compared[] =>
  pairs.map(({ item, row }) => {
    const category = categoryAnswer(item.category, row);
    return {
      truth: item.fine,
      guess: topFine(row, labels),
      speaker: item.speaker,
      gender: item.gender,
      category,
      confidence: category.confidence,
      right: category.right,
      alone: alone.get(item.id)!,
    };
  });

function mainFigures(make: FigureMaker, items: readonly Compared[], note?: string): Figure[] {
  const seven = (drawn: readonly Compared[]): number =>
    unweightedAverageRecall(drawn.map(({ category }) => category));
  return [
    make(FINE_UAR, items, unweightedAverageRecall, { unit, note }),
    make(UAR_CATEGORIES, items, seven, { unit, note }),
    make('macro-F1, 8 classes', items, macroF1, { unit, note }),
    ...confidenceFigures(make, items, { unit, note }),
  ];
}

const gain = (make: FigureMaker, { items, note }: Read): Figure =>
  make(lessAlone(FINE_UAR), items, (d) => unweightedAverageRecall(d) - uarAlone(d), {
    unit,
    note,
  });

function groups(make: FigureMaker, items: readonly Compared[]): Figure[] {
  const by = (name: string, of: (c: Compared) => string, drawn?: typeof unit): Figure[] =>
    [...groupedBy(items, of)].map(([value, group]) =>
      make(`${FINE_UAR}, ${name} ${value}`, group, unweightedAverageRecall, { unit: drawn, table: 'groups' }),
    );
  return [...by('gender', (c) => c.gender, unit), ...by('speaker', (c) => c.speaker)];
}
