/**
 * The model's answers for every held-out picture, through the code that the app runs: `node models/recipes/face/logits.ts` after
 * rows.py. Adds to .work/face_answers.jsonl what it lacks (delete the file after any change of model or cuts); calibrate.ts and
 * figures.ts read it.
 */
import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cropFace, cropPicture, type FaceCrop, cutsOf, prepareEmotion } from '#models/face/crop.ts';
import type { Frame } from '#models/face/frame.ts';
import { findInPicture } from '#models/face/margin.ts';
import { type Answer, ANSWERS, readAnswers, readRows } from './answers.ts';
import { DEGRADED } from './degrade.ts';
import { openFaceModels, WORK } from './open.ts';

const FER_SIDE = 48;
const DIFFUSION_SIDE = 128;
/** Every tenth picture of dev shows what each degradation costs. */
const DEGRADE_EVERY = 10;

const { find, logits, emotionSettings: settings } = await openFaceModels(1);
const known = new Set((await readAnswers()).map(({ set, id }) => `${set} ${id}`));

type Row = Pick<Answer, 'set' | 'part' | 'id' | 'label'>;
const lacks = ({ set, id }: Row): boolean => !known.has(`${set} ${id}`);

async function write(row: Row, crop: FaceCrop, found: boolean): Promise<void> {
  const { data, dims } = prepareEmotion([crop], settings);
  const values = await logits(data, dims);
  const width = settings.fineLabels.length;
  const cuts = cutsOf(crop).map((_, i) => [...values.subarray(i * width, (i + 1) * width)]);
  const answer: Answer = { ...row, cuts, quality: crop.quality, found };
  appendFileSync(ANSWERS, `${JSON.stringify(answer)}\n`);
}

function fromGrey(grey: Uint8Array): Frame {
  const rgb = new Uint8Array(grey.length * 3);
  grey.forEach((value, k) => rgb.fill(value, 3 * k, 3 * k + 3));
  return { width: FER_SIDE, height: FER_SIDE, rgb };
}

const { ferplus, diffusionfer } = await readRows();
const grey = new Uint8Array(await readFile(new URL('face_ferplus.u8', WORK)));
const colour = new Uint8Array(await readFile(new URL('face_diffusionfer.u8', WORK)));

const pictureOf = (i: number): Uint8Array => grey.subarray(i * FER_SIDE ** 2, (i + 1) * FER_SIDE ** 2);

async function readCropped(row: Row, frame: Frame): Promise<void> {
  if (!lacks(row)) return;
  const face = await findInPicture(frame, find);
  await write(row, cropPicture(frame, face, settings), face !== undefined);
}

async function readDiffusion(i: number): Promise<void> {
  // Every third is for checking what was fitted on the others.
  const { id, label } = diffusionfer[i]!;
  const row: Row = { set: 'diffusionfer', part: i % 3 === 2 ? 'test' : 'dev', id, label };
  if (!lacks(row)) return;
  const size = DIFFUSION_SIDE ** 2 * 3;
  const rgb = colour.subarray(i * size, (i + 1) * size);
  const frame = { width: DIFFUSION_SIDE, height: DIFFUSION_SIDE, rgb };
  const [face] = await find(frame);
  if (face) await write(row, cropFace(frame, face, settings), true);
}

async function readDegraded(i: number): Promise<void> {
  for (const [name, degrade] of Object.entries(DEGRADED)) {
    const frame = fromGrey(await degrade(pictureOf(i), FER_SIDE));
    await readCropped({ set: `degraded: ${name}`, ...ferplus[i]! }, frame);
  }
}

const devRows = ferplus.flatMap(({ part }, i) => (part === 'dev' ? [i] : []));
const jobs = [
  ...ferplus.map((row, i) => () => readCropped({ set: 'ferplus', ...row }, fromGrey(pictureOf(i)))),
  ...diffusionfer.map((_, i) => () => readDiffusion(i)),
  ...devRows.filter((_, k) => k % DEGRADE_EVERY === 0).map((i) => () => readDegraded(i)),
];
// A stride that shares no factor with their number visits all, in an order in which every beginning is a fair sample.
const STRIDE = 2557;
for (let k = 0; k < jobs.length; k++) await jobs[(k * STRIDE) % jobs.length]!();
