/**
 * Sentences of our own whose emotion isn't the one that their words name: denied, over, wished for, supposed, missed, ironic; and plain ones beside
 * them. Written by hand by somebody who didn't know the templates that the models learn from (models/recipes/text/otherwise_*.py). And sentences
 * of English and Chinese words.
 */
import path from 'node:path';
import { z } from 'zod';
import { category } from '#contract/emotion/categories.ts';
import { readData } from './files.ts';
import type { Part } from './own-test.ts';
import { linesOf } from './table.ts';

export const otherwiseItem = z.object({
  id: z.string(),
  /** In which way the sentence means something else (`plain`: it doesn't), or is mixed. */
  kind: z.string(),
  text: z.string(),
  /** What a careful reader may call the main category. */
  right: z.array(category).min(1),
  /** What would plainly be wrong. */
  wrong: z.array(category).min(1),
});
export type OtherwiseItem = z.infer<typeof otherwiseItem>;

/** Every second sentence (*dev*) was looked at while the models learned; the others weren't. */
export async function readOtherwise(language: 'en' | 'zh', part: Part): Promise<OtherwiseItem[]> {
  return (await itemsOf(`${language}.jsonl`)).filter((_, i) => (i % 2 === 0) === (part === 'dev'));
}

/** English irony and, beside it, the same praise meant, by another author: its lines two by two in turn, since many are pairs. */
export async function readIrony(part: Part): Promise<OtherwiseItem[]> {
  return (await itemsOf('irony-en.jsonl')).filter((_, i) => i % 4 < 2 === (part === 'dev'));
}

/** English and Chinese in one sentence. The rule for such texts (models/text/mixed.ts) was chosen on *dev*; the others were written by its author, before. */
export const readMixed = (part: Part): Promise<OtherwiseItem[]> =>
  itemsOf(part === 'dev' ? 'mixed.jsonl' : 'mixed-test.jsonl');

async function itemsOf(file: string): Promise<OtherwiseItem[]> {
  const lines = linesOf(await readData(path.join(import.meta.dirname, 'otherwise'), file));
  return lines.map((line) => otherwiseItem.parse(JSON.parse(line)));
}
