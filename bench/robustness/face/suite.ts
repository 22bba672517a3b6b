/** Faces: crops of FER+ PublicTest, and whole portraits of DiffusionFER that have to be found first, made worse. */
import sharp from 'sharp';
import type { Category } from '#contract/emotion/categories.ts';
import type { RgbFrame } from '#main/hosts/inference/tasks.ts';
import { categoryAnswer } from '#main/services/evaluation/answers.ts';
import { readDiffusionFer } from '#main/services/evaluation/corpora/diffusionfer.ts';
import { readFerPlus } from '#main/services/evaluation/corpora/ferplus.ts';
import { predictFrames, type Predicted, type Reader } from '#main/services/evaluation/predicted.ts';
import { sampled, seededRandom } from '#models/metrics/random.ts';
import { outcomeOf, type Answer, type Outcome } from '../condition.ts';
import { FACE_CONDITIONS } from './conditions.ts';

const CROPS = 'Faces: crops of FER+ PublicTest, seven categories (contempt as disgust)';
const PORTRAITS = 'Faces: synthetic portraits of DiffusionFER, found first, seven categories';
const CROPS_COUNT = 600;
const PORTRAITS_COUNT = 200;
const SEED = 20;

interface Face {
  readonly frame: RgbFrame;
  readonly category: Category;
}

const answerOf = ({ item, row }: Predicted<Face>): Answer => ({
  ...categoryAnswer(item.category, row),
  quality: row.quality,
  abstained: row.abstained,
});

async function changed(faces: readonly Face[], condition: (typeof FACE_CONDITIONS)[number]): Promise<Face[]> {
  const random = seededRandom(SEED);
  const worse: Face[] = [];
  for (const face of faces) worse.push({ ...face, frame: await condition.change(face.frame, random) });
  return worse;
}

export async function* faceSuite(data: string, by: Reader): AsyncGenerator<Outcome> {
  const crops = sampled(await readFerPlus(data), CROPS_COUNT, seededRandom(SEED)).map(
    ({ frame, label }): Face => ({ frame, category: label === 'contempt' ? 'disgust' : label }),
  );
  for (const condition of FACE_CONDITIONS) {
    const { pairs } = await predictFrames(await changed(crops, condition), true, by);
    yield outcomeOf(CROPS, condition, pairs.map(answerOf));
  }
  const portraits: Face[] = [];
  for (const { path, label } of sampled(await readDiffusionFer(data), PORTRAITS_COUNT, seededRandom(SEED)))
    portraits.push({ frame: await pictureOf(path), category: label });
  for (const condition of FACE_CONDITIONS) {
    const { pairs } = await predictFrames(await changed(portraits, condition), false, by);
    const note = `${pairs.length} of ${portraits.length} faces found`;
    yield outcomeOf(PORTRAITS, condition, pairs.map(answerOf), note);
  }
}

async function pictureOf(file: string): Promise<RgbFrame> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { timeMs: 0, width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
