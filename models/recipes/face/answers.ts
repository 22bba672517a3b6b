import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Reading } from '#contract/emotion/evidence.ts';
import { readEmotion } from '#models/face/emotion-read.ts';
import type { FaceQuality } from '#models/face/quality.ts';
import type { EmotionSettings } from '#models/face/settings.ts';
import { WORK } from './open.ts';

export const ANSWERS = new URL('face_answers.jsonl', WORK);

/** What rows.py wrote. */
export interface RowsFile {
  /** Each fine label's share of the training votes. */
  shares: number[];
  ferplus: { id: string; part: 'dev' | 'test'; label: string }[];
  diffusionfer: { id: string; label: string; valence: number; arousal: number }[];
}

/** What the model said to one held-out picture. */
export interface Answer {
  /** 'ferplus', 'degraded: …', 'diffusionfer'. FER+ is said to be one face, DiffusionFER's faces are found. */
  readonly set: string;
  readonly part: 'dev' | 'test';
  readonly id: string;
  /** A fine label. */
  readonly label: string;
  /** Logits of each cut: the aligned one (or the whole, where no face was found), then the whole. */
  readonly cuts: number[][];
  readonly quality: FaceQuality;
  readonly found: boolean;
}

export const readRows = async (): Promise<RowsFile> =>
  JSON.parse(await readFile(new URL('face_rows.json', WORK), 'utf8')) as RowsFile;

export async function readAnswers(): Promise<Answer[]> {
  if (!existsSync(ANSWERS)) return [];
  const content = await readFile(ANSWERS, 'utf8');
  return content
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
}

/** The app's reading of an answer. `cuts`: some of its cuts instead of all. */
export function readingOf(answer: Answer, settings: EmotionSettings, cuts = answer.cuts): Reading {
  const [grey, ...others] = cuts.map(() => new Float32Array());
  // As the app's crops: DiffusionFER's faces are found in coloured pictures, FER+ is what the smallest size is calibrated on.
  const unlikeTraining = answer.set === 'diffusionfer';
  const crop = { grey: grey!, others, quality: answer.quality, unlikeTraining };
  return readEmotion(Float32Array.from(cuts.flat()), [crop], settings)[0]!;
}
