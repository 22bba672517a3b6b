/** What the deletion curves are measured on: research data beside the repository, never part of it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readFerPlus } from '#main/services/evaluation/corpora/ferplus.ts';
import { openTextFolder } from '#main/services/evaluation/corpora/files.ts';
import { readGoEmotions } from '#main/services/evaluation/corpora/goemotions.ts';
import { readClue } from '#main/services/evaluation/corpora/labelled-texts.ts';
import { ravdessHeldOut } from '#main/services/evaluation/corpora/speech.ts';
import { unitsOf } from '#models/explanation/text/words.ts';
import type { Frame } from '#models/face/frame.ts';

const data = path.resolve(import.meta.dirname, '../../../shared/data');
const FEWEST_WORDS = 5;

export const haveSamples = (): boolean => existsSync(data);

/** GoEmotions' and CLUE's development parts, texts of five words and more. */
export async function devTexts(): Promise<{ english: string[]; chinese: string[] }> {
  const folder = await openTextFolder(data, process.env['ATTUNE_BENCH_TEXT_FOLDER']);
  const long = (items: readonly { text: string }[], language: string): string[] =>
    items.map(({ text }) => text).filter((text) => unitsOf(text, language).length >= FEWEST_WORDS);
  try {
    return {
      english: long(await readGoEmotions(folder.path, 'dev'), 'en'),
      chinese: long(await readClue(folder.path, 'dev'), 'zh'),
    };
  } finally {
    await folder.remove();
  }
}

/** RAVDESS, the clips of the actors that no shipped weight heard: files. */
export const ravdessTest = async (): Promise<string[]> =>
  (await ravdessHeldOut(data)).map((item) => item.path);

/** FER+, FER2013's public test part: 48 x 48 grey faces. */
export const ferPlusPublicTest = async (): Promise<Frame[]> =>
  (await readFerPlus(data)).map(({ frame }) => frame);
