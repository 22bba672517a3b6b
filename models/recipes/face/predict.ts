/** Dev, test and DiffusionFER through the code that the app runs. `node models/recipes/face/predict.ts` (after rows.py). */
import { readFile, writeFile } from 'node:fs/promises';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { cropFace, cropWhole, type FaceCrop, prepareEmotion } from '#models/face/crop.ts';
import { prepareDetection } from '#models/face/detect-prepare.ts';
import { readDetections } from '#models/face/detect-read.ts';
import { readEmotion, softmax } from '#models/face/emotion-read.ts';
import type { Frame } from '#models/face/frame.ts';
import { openFaceModels } from './open.ts';
import { accuracy, calibrationError, macroRecall, rootMeanSquare } from './scores.ts';

const work = new URL('../.work/', import.meta.url);
const { detect, logits, detectorSettings, emotionSettings: settings } = await openFaceModels(1);

async function findCrop(frame: Frame): Promise<FaceCrop | undefined> {
  const input = prepareDetection(frame, detectorSettings);
  const outputs = await detect(input);
  const face = readDetections(outputs, input, detectorSettings)[0];
  return face && cropFace(frame, face, settings);
}

interface Item {
  reading: Reading;
  eight: number[];
}

async function read(crops: FaceCrop[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let i = 0; i < crops.length; i += 64) {
    const part = crops.slice(i, i + 64);
    const { data, dims } = prepareEmotion(part, settings);
    const values = await logits(data, dims);
    const width = settings.fineLabels.length;
    readEmotion(values, part, settings).forEach((reading, k) => {
      const own = values.subarray(k * width, (k + 1) * width);
      items.push({ reading, eight: softmax(own, settings.temperature) });
    });
  }
  return items;
}

function report(name: string, items: readonly Item[], labels: readonly string[]): void {
  const seven = items.map((item) => item.reading.probabilities);
  const eight = items.map((item) => item.eight);
  const of7 = labels.map((label) => (CATEGORIES as readonly string[]).indexOf(settings.categoryOf[label]!));
  const of8 = labels.map((label) => settings.fineLabels.indexOf(label));
  const show = (value: number): string => value.toFixed(4);
  console.log(
    `${name}: n ${items.length}, accuracy 8 ${show(accuracy(eight, of8))} 7 ${show(accuracy(seven, of7))},` +
      ` macro recall 8 ${show(macroRecall(eight, of8))} 7 ${show(macroRecall(seven, of7))},` +
      ` ECE 8 ${show(calibrationError(eight, of8))} 7 ${show(calibrationError(seven, of7))}`,
  );
}

interface FerRow {
  id: string;
  part: 'dev' | 'test';
  label: string;
}
interface SyntheticRow {
  id: string;
  label: string;
  valence: number;
  arousal: number;
}
const rows = JSON.parse(await readFile(new URL('face_rows.json', work), 'utf8')) as {
  ferplus: FerRow[];
  diffusionfer: SyntheticRow[];
};
const grey = new Uint8Array(await readFile(new URL('face_ferplus.u8', work)));
const colour = new Uint8Array(await readFile(new URL('face_diffusionfer.u8', work)));

const frames = rows.ferplus.map((_, i): Frame => {
  const rgb = new Uint8Array(48 * 48 * 3);
  for (let k = 0; k < 48 * 48; k++) rgb.fill(grey[i * 48 * 48 + k]!, 3 * k, 3 * k + 3);
  return { width: 48, height: 48, rgb };
});
const whole = await read(frames.map((frame) => cropWhole(frame, settings)));
const pick = <T>(all: readonly T[], part: string): T[] =>
  all.filter((_, i) => rows.ferplus[i]!.part === part);
const labelsOf = (part: string): string[] => pick(rows.ferplus, part).map((row) => row.label);
report('FER+ dev, whole crop', pick(whole, 'dev'), labelsOf('dev'));
report('FER+ PublicTest, whole crop', pick(whole, 'test'), labelsOf('test'));

const found: FaceCrop[] = [];
const foundRows: FerRow[] = [];
for (const [i, frame] of frames.entries()) {
  const crop = await findCrop(frame);
  if (crop) {
    found.push(crop);
    foundRows.push(rows.ferplus[i]!);
  }
}
const aligned = await read(found);
for (const part of ['dev', 'test'] as const) {
  const mine = aligned.filter((_, i) => foundRows[i]!.part === part);
  const labels = foundRows.filter((row) => row.part === part).map((row) => row.label);
  report(`FER+ ${part === 'test' ? 'PublicTest' : 'dev'}, detected and aligned`, mine, labels);
}

const side = 128;
const synthetic: FaceCrop[] = [];
const syntheticRows: SyntheticRow[] = [];
for (const [i, row] of rows.diffusionfer.entries()) {
  const size = side * side * 3;
  const crop = await findCrop({ width: side, height: side, rgb: colour.subarray(i * size, (i + 1) * size) });
  if (crop) {
    synthetic.push(crop);
    syntheticRows.push(row);
  }
}
const drawn = await read(synthetic);
console.log(`DiffusionFER: ${synthetic.length} of ${rows.diffusionfer.length} faces found`);
report(
  'DiffusionFER, detected and aligned',
  drawn,
  syntheticRows.map((row) => row.label),
);
for (const dimension of ['valence', 'arousal'] as const) {
  const guess = drawn.map((item) => item.reading.dimensions[dimension]!.mean);
  const sd = drawn.map((item) => item.reading.dimensions[dimension]!.sd);
  console.log(
    `DiffusionFER ${dimension}:`,
    rootMeanSquare(
      guess,
      syntheticRows.map((row) => row[dimension]),
      sd,
    ),
  );
}

async function write(name: string, items: readonly Item[], labels: readonly FerRow[]): Promise<void> {
  const lines = items.map(({ reading }, i) => {
    const { id, part, label } = labels[i]!;
    const { probabilities, quality } = reading;
    return JSON.stringify({
      id,
      part,
      label: settings.categoryOf[label],
      fine: label,
      probabilities,
      quality,
    });
  });
  await writeFile(new URL(name, work), `${lines.join('\n')}\n`);
}
await write('face_oof.jsonl', whole, rows.ferplus);
// Drawn faces never took part in training; every third is for checking.
const unseen = syntheticRows.map(({ id, label }, i): FerRow => {
  return { id, part: i % 3 === 2 ? 'test' : 'dev', label };
});
await write('face_unseen.jsonl', drawn, unseen);
