/** Posts with one label: CLUE, SMP2020. Each comes in one part only, which models/recipes/text/weibo.py divides. */
import { z } from 'zod';
import { readData } from './files.ts';
import { chinesePart, type Part } from './own-test.ts';
import { linesOf } from './table.ts';
import type { TextItem } from './text-item.ts';

export interface LabelledItem extends TextItem {
  /** In the corpus' own spelling. */
  readonly label: string;
  /** Known of the person who speaks or writes: gender, age; empty where nothing is. */
  readonly person?: Readonly<Record<string, string>>;
}

const contentRow = z.object({
  id: z.union([z.string(), z.number()]),
  content: z.string(),
  label: z.string(),
});

const itemsOf = (corpus: string, rows: readonly z.infer<typeof contentRow>[], part: Part): LabelledItem[] =>
  rows
    .map(({ id, content, label }) => ({ id: `${corpus}-${id}`, text: content, label }))
    .filter(({ id }) => chinesePart(id) === part);

/** CLUE emotion, valid part (Weibo Emotion Corpus; labels from hashtags): seven classes, "like" among them, none neutral. */
export async function readClue(textFolder: string, part: Part): Promise<LabelledItem[]> {
  const lines = linesOf(await readData(textFolder, 'zh_clueemotion2020', 'valid.txt'));
  return itemsOf(
    'clue',
    lines.map((line) => contentRow.parse(JSON.parse(line))),
    part,
  );
}

/** SMP2020-EWECT, usual evaluation part, raw: six classes (no disgust). */
export async function readSmp(textFolder: string, part: Part): Promise<LabelledItem[]> {
  const text = await readData(textFolder, 'zh_smp2020_ewect', 'raw', 'usual_eval_labeled.txt');
  return itemsOf('smp', z.array(contentRow).parse(JSON.parse(text)), part);
}
