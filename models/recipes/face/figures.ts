/**
 * Every figure of the card, from the answers that logits.ts kept: `node models/recipes/face/figures.ts`. Writes them between the marks of
 * models/cards/face-emotion.md, and .work/face_oof.jsonl and .work/face_unseen.jsonl for the fusion recipe.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { bootstrap } from '#models/metrics/bootstrap.ts';
import { accuracy, unweightedAverageRecall } from '#models/metrics/classification.ts';
import { accuracyAtCoverage, calibrationError } from '#models/metrics/confidence.ts';
import { type EmotionSettings, parseEmotionSettings } from '#models/face/settings.ts';
import { type Answer, readAnswers, readingOf, readRows } from './answers.ts';
import { DEGRADED } from './degrade.ts';
import { WEIGHTS, WORK } from './open.ts';
import { named, rootMeanSquare, type Named } from './scores.ts';
import { table } from './table.ts';

const CARD = new URL('../../cards/face-emotion.md', import.meta.url);
const DRAWS = 400;
const SEED = 29;
const [START, END] = ['<!-- figures: node models/recipes/face/figures.ts -->', '<!-- end of figures -->'];

const manifest = JSON.parse(await readFile(new URL('face-emotion/manifest.json', WEIGHTS), 'utf8')) as {
  settings: unknown;
};
const settings = parseEmotionSettings(manifest.settings);
/** As rare as in FER+. */
const natural: EmotionSettings = {
  ...settings,
  calibrations: settings.calibrations.map((one) => ({ ...one, offsets: one.offsets.map(() => 0) })),
};
const answers = await readAnswers();
const of = (set: string, part?: Answer['part']): Answer[] =>
  answers.filter((answer) => answer.set === set && (part === undefined || answer.part === part));

type Cuts = 'all' | 'whole' | 'aligned';
interface Scored {
  readings: Reading[];
  eight: Named[];
  seven: Named[];
}

function score(rows: readonly Answer[], use: EmotionSettings = settings, cuts: Cuts = 'all'): Scored {
  const chosen = (answer: Answer): number[][] =>
    cuts === 'all' ? answer.cuts : [cuts === 'whole' ? answer.cuts.at(-1)! : answer.cuts[0]!];
  const readings = rows.map((answer) => readingOf(answer, use, chosen(answer)));
  return {
    readings,
    eight: named(
      readings.map(({ fine }) => settings.fineLabels.map((label) => fine[label]!)),
      settings.fineLabels,
      rows.map(({ label }) => label),
    ),
    seven: named(
      readings.map(({ probabilities }) => probabilities),
      CATEGORIES,
      rows.map(({ label }) => settings.categoryOf[label]!),
    ),
  };
}

const three = (value: number): string => value.toFixed(3).replace(/^(-?)0\./, '$1.');

function main(name: string, rows: readonly Answer[], use?: EmotionSettings, cuts?: Cuts): string[] {
  const { eight, seven } = score(rows, use, cuts);
  const of = (figure: (items: readonly Named[]) => number, items: readonly Named[]): string => {
    const { value, low, high } = bootstrap(items, figure, { repeats: DRAWS, seed: SEED });
    return `${three(value)} (${three(low)} to ${three(high)})`;
  };
  const fine = rows[0]!.set === 'ferplus';
  return [
    name,
    String(rows.length),
    fine ? of(accuracy, eight) : '',
    fine ? of(unweightedAverageRecall, eight) : '',
    fine ? three(calibrationError(eight)) : '',
    three(accuracy(seven)),
    of(unweightedAverageRecall, seven),
    three(calibrationError(seven)),
  ];
}

/** `merged`: contempt is named as disgust. */
function recalls(rows: readonly Answer[], use: EmotionSettings, merged = false): string[] {
  const { eight, seven } = score(rows, use);
  return settings.fineLabels.map((label) => {
    const own = (merged ? seven : eight).filter((_, i) => rows[i]!.label === label);
    return own.length === 0 ? '' : `${three(accuracy(own))} (${own.length})`;
  });
}

/** Error by tenth of quality, worst tenth first. */
function byQuality(rows: readonly Answer[]): string[][] {
  const { seven, readings } = score(rows);
  const order = rows.map((_, i) => i).sort((a, b) => readings[a]!.quality - readings[b]!.quality);
  return Array.from({ length: 10 }, (_, tenth) => {
    const part = order.slice((tenth * order.length) / 10, ((tenth + 1) * order.length) / 10);
    const quality = part.map((i) => readings[i]!.quality);
    const right = accuracy(part.map((i) => seven[i]!));
    const sure = part.reduce((sum, i) => sum + seven[i]!.confidence, 0) / part.length;
    return [
      `${three(Math.min(...quality))} to ${three(Math.max(...quality))}`,
      three(1 - right),
      three(sure),
    ];
  });
}

function degradation(name: string): string[] {
  const rows = of(`degraded: ${name}`);
  const { seven, readings } = score(rows);
  const found = rows.filter((row) => row.found).length / rows.length;
  const quality = readings.reduce((sum, reading) => sum + reading.quality, 0) / rows.length;
  return [
    name,
    three(accuracy(seven)),
    three(unweightedAverageRecall(seven)),
    three(calibrationError(seven)),
    three(found),
    three(quality),
  ];
}

/** Accuracy of the share of rows that the model is surest of. */
const covered = (rows: readonly Answer[], share: number): string =>
  three(accuracyAtCoverage(score(rows).seven, share));

const test = of('ferplus', 'test');
const synthetic = of('diffusionfer');
const both = of('ferplus', 'dev').filter(({ cuts }) => cuts.length === 2);
const degraded = answers.filter(({ set }) => set.startsWith('degraded') || set === 'ferplus');
const some = of('degraded: as it is').length;

const columns = ['part', 'n', 'accuracy, 8', 'recall, 8', 'ECE, 8', 'accuracy, 7', 'recall, 7', 'ECE, 7'];
const sheet = new Map((await readRows()).diffusionfer.map((row) => [row.id, row]));
const dimensions = (['valence', 'arousal'] as const).map((dimension) => {
  const { readings } = score(synthetic);
  const guess = readings.map((reading) => reading.dimensions[dimension]!.mean);
  const sd = readings.map((reading) => reading.dimensions[dimension]!.sd);
  const { correlation, error, errorInSds, bias } = rootMeanSquare(
    guess,
    synthetic.map(({ id }) => sheet.get(id)![dimension]),
    sd,
  );
  return [dimension, three(correlation), three(error), errorInSds.toFixed(2), three(bias)];
});

const block = [
  "Recall is the mean of the classes' recalls; in brackets 95 % bootstrap intervals; ECE in 15 bins. Seven: contempt counts as disgust.",
  '',
  ...table(columns, [
    main('FER+ dev', of('ferplus', 'dev')),
    main('**FER+ PublicTest**', test),
    main('the same, without offsets', test, natural),
    main('the same, whole crop alone', test, settings, 'whole'),
    main('the same, aligned crop alone', test, settings, 'aligned'),
    main('FER+ dev where aligned and whole are read', both),
    main('**DiffusionFER, the third that calibrated nothing**', of('diffusionfer', 'test')),
    main('DiffusionFER, all', synthetic),
    main('the same, without offsets', synthetic, natural),
  ]),
  '',
  'Recall by label, n in brackets:',
  '',
  ...table(
    ['part', ...settings.fineLabels],
    [
      ['FER+ PublicTest', ...recalls(test, settings)],
      ['without offsets', ...recalls(test, natural)],
      ['DiffusionFER, seven', ...recalls(synthetic, settings, true)],
      ['without offsets', ...recalls(synthetic, natural, true)],
    ],
  ),
  '',
  `Accuracy of seven at 100, 90 and 80 % coverage (the least sure left out): PublicTest ${[1, 0.9, 0.8].map((share) => covered(test, share)).join(', ')}; ` +
    `DiffusionFER ${[1, 0.9, 0.8].map((share) => covered(synthetic, share)).join(', ')}.`,
  '',
  `Quality against error: FER+ dev, PublicTest and the degraded pictures of the next table, n ${degraded.length}, in tenths by quality:`,
  '',
  ...table(['quality', 'error, 7', 'mean probability of the named one'], byQuality(degraded)),
  '',
  `Degraded, every tenth picture of dev, n ${some}:`,
  '',
  ...table(
    ['', 'accuracy, 7', 'recall, 7', 'ECE, 7', 'face found', 'mean quality'],
    Object.keys(DEGRADED).map(degradation),
  ),
  '',
  "Valence and arousal on DiffusionFER (its sheet helped to fit the map's 16 numbers):",
  '',
  ...table(['', 'r', 'error', 'error in stated sd', 'bias'], dimensions),
];
console.log(block.join('\n'));
const card = await readFile(CARD, 'utf8');
const [from, to] = [card.indexOf(START), card.indexOf(END)];
if (from < 0 || to < from) throw new Error('The card has no place for figures.');
await writeFile(CARD, `${card.slice(0, from + START.length)}\n\n${block.join('\n')}\n\n${card.slice(to)}`);

async function write(name: string, rows: readonly Answer[]): Promise<void> {
  const lines = rows.map((answer) => {
    const { probabilities, quality } = readingOf(answer, settings);
    const { id, part, label } = answer;
    return JSON.stringify({
      id,
      part,
      label: settings.categoryOf[label],
      fine: label,
      probabilities,
      quality,
    });
  });
  await writeFile(new URL(name, WORK), `${lines.join('\n')}\n`);
}
await write('face_oof.jsonl', of('ferplus'));
await write('face_unseen.jsonl', synthetic);
