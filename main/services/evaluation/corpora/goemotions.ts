/** GoEmotions (Demszky et al. 2020): Reddit comments, 27 emotions and neutral, several a text; and its Ekman grouping. */
import { z } from 'zod';
import { CATEGORIES, type Category } from '#contract/emotion/categories.ts';
import { readData } from './files.ts';
import { categoryOfLabel } from './labels.ts';
import { inTestPart, type Part } from './own-test.ts';
import { linesOf, tsvRows } from './table.ts';
import type { TextItem } from './text-item.ts';

export interface GoEmotionsItem extends TextItem {
  readonly fine: readonly string[];
  /** Without repetition, in the order of CATEGORIES. */
  readonly categories: readonly Category[];
}

const groups = z.record(z.string(), z.array(z.string()));

/** 'dev', or the part of train that no recipe trains on. */
export async function readGoEmotions(textFolder: string, part: Part): Promise<GoEmotionsItem[]> {
  const folder = `${textFolder}/goemotions`;
  const labels = linesOf(await readData(folder, 'labels.txt'));
  const mapping = groups.parse(JSON.parse(await readData(folder, 'ekman_mapping.json')));
  const categoryOf = new Map<string, Category>([['neutral', 'neutral']]);
  for (const [group, members] of Object.entries(mapping))
    for (const member of members) categoryOf.set(member, categoryOfLabel(group)!);
  const rows = tsvRows(await readData(folder, part === 'dev' ? 'dev.tsv' : 'train.tsv'));
  return rows
    .filter(([, , id = '']) => part === 'dev' || inTestPart(id))
    .map(([text = '', ids = '', id = '']) => {
      const fine = ids.split(',').map((k) => labels[Number(k)]!);
      const said = new Set(fine.map((label) => categoryOf.get(label)));
      return { id, text, fine, categories: CATEGORIES.filter((c) => said.has(c)) };
    });
}
