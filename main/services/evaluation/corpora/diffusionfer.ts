/** DiffusionFER (CC0): synthetic portraits with one of the seven categories and valence and arousal, as its sheet says (not its folders). */
import path from 'node:path';
import type { Category } from '#contract/emotion/categories.ts';
import { readData } from './files.ts';
import { csvRows } from './table.ts';

const SHEET_ORDER: Category[] = ['neutral', 'happiness', 'sadness', 'surprise', 'fear', 'disgust', 'anger'];

export interface DiffusionFerItem {
  readonly id: string;
  readonly path: string;
  readonly label: Category;
  readonly valence: number;
  readonly arousal: number;
}

export async function readDiffusionFer(data: string): Promise<DiffusionFerItem[]> {
  const folder = path.join(data, 'face', 'diffusionfer');
  const sheet = await readData(folder, 'DiffusionFER', 'DiffusionEmotion_S', 'dataset_sheet.csv');
  return csvRows(sheet).map((row) => {
    // The pictures were stored again as JPEG; the sheet still names them .png.
    const file = row['subDirectory_filePath']!.replace(/\.png$/, '.jpg');
    return {
      id: path.basename(file, '.jpg'),
      path: path.join(folder, file),
      label: SHEET_ORDER[Number(row['expression'])]!,
      valence: Number(row['valence']),
      arousal: Number(row['arousal']),
    };
  });
}
