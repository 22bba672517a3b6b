/** RAVDESS, EmoDB and nEMO: acted clips with an emotion, a speaker and the speaker's gender. */
import path from 'node:path';
import type { Category } from '#contract/emotion/categories.ts';
import { readData } from './files.ts';
import { categoryOfLabel } from './labels.ts';
import { csvRows } from './table.ts';

export interface SpeechItem {
  readonly id: string;
  readonly path: string;
  readonly speaker: string;
  readonly gender: string;
  /** One of the nine fine classes: the seven, calm, boredom. */
  readonly fine: string;
  /** Calm and boredom count as neutral. */
  readonly category: Category;
  readonly seconds: number;
}

/** Actors that the shipped voice weights never heard: the last of the five folds of models/recipes/voice. */
export const RAVDESS_HELD_OUT = ['17', '18', '19', '20'];

export async function readSpeech(data: string, corpus: 'ravdess' | 'emodb' | 'nemo'): Promise<SpeechItem[]> {
  const folder = path.join(data, 'speech', corpus);
  return csvRows(await readData(folder, 'labels.csv')).map((row) => {
    const category = categoryOfLabel(row['label']!);
    return {
      id: `${corpus}/${row['path']}`,
      path: path.join(folder, row['path']!),
      speaker: row['speaker']!,
      gender: row['gender']!,
      fine: category ?? row['label']!,
      category: category ?? 'neutral',
      seconds: Number(row['seconds']),
    };
  });
}

export const ravdessHeldOut = async (data: string): Promise<SpeechItem[]> =>
  (await readSpeech(data, 'ravdess')).filter(({ speaker }) => RAVDESS_HELD_OUT.includes(speaker));
