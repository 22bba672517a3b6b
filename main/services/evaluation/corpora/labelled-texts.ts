/** Texts with one label: CLUE, SMP2020. */
import { z } from 'zod';
import { readData } from './files.ts';
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
const toItem = ({ id, content, label }: z.infer<typeof contentRow>): LabelledItem => ({
  id: String(id),
  text: content,
  label,
});

/** CLUE emotion, valid part (Weibo Emotion Corpus; labels from hashtags): seven classes, "like" among them, none neutral. */
export async function readClue(textFolder: string): Promise<LabelledItem[]> {
  const lines = linesOf(await readData(textFolder, 'zh_clueemotion2020', 'valid.txt'));
  return lines.map((line) => toItem(contentRow.parse(JSON.parse(line))));
}

/** SMP2020-EWECT, usual evaluation part, raw: six classes (no disgust). */
export async function readSmp(textFolder: string): Promise<LabelledItem[]> {
  const text = await readData(textFolder, 'zh_smp2020_ewect', 'raw', 'usual_eval_labeled.txt');
  return z.array(contentRow).parse(JSON.parse(text)).map(toItem);
}
