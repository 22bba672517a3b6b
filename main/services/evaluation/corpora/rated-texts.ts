/** Texts with ratings instead of labels: EmoBank, SemEval-2018 task 1, DimABSA. Ratings keep their corpus' own scale. */
import path from 'node:path';
import { z } from 'zod';
import { readData } from './files.ts';
import { inTestPart, type Part } from './own-test.ts';
import { csvRows, linesOf, tsvRows } from './table.ts';
import type { TextItem } from './text-item.ts';

export interface RatedItem extends TextItem {
  readonly ratings: Readonly<Record<string, number>>;
}

/** EmoBank (Buechel and Hahn 2017): valence, arousal, dominance, 1 to 5, averaged over readers and writers. */
export async function readEmoBank(textFolder: string, part: Part): Promise<RatedItem[]> {
  const rows = csvRows(await readData(textFolder, 'emobank', 'emobank.csv'));
  return rows
    .filter((r) => r['text']!.trim() !== '')
    .filter((r) => (part === 'dev' ? r['split'] === 'dev' : r['split'] === 'train' && inTestPart(r['id']!)))
    .map((r) => ({
      id: r['id']!,
      text: r['text']!,
      ratings: { valence: Number(r['V']), arousal: Number(r['A']), dominance: Number(r['D']) },
    }));
}

/** SemEval-2018 task 1 (Mohammad et al. 2018): intensity of one emotion, or valence, 0 to 1. */
export async function readSemEval(textFolder: string, emotion: string, part: Part): Promise<RatedItem[]> {
  const from = part === 'dev' ? 'dev' : 'train';
  const file =
    emotion === 'valence' ? `V-reg/Valence-reg-En-${from}.txt` : `EI-reg/EI-reg-En-${emotion}-${from}.txt`;
  const [, ...rows] = tsvRows(await readData(textFolder, 'semeval2018_task1', file));
  return rows
    .filter(([id = '']) => part === 'dev' || inTestPart(id))
    .map(([id = '', text = '', , score]) => ({
      id: `${emotion}/${id}`,
      text,
      ratings: { [emotion]: Number(score) },
    }));
}

const dimabsaRow = z.object({
  ID: z.string(),
  Text: z.string(),
  Aspect_VA: z.array(z.object({ VA: z.string().regex(/^[\d.]+#[\d.]+$/) })).min(1),
});

/** DimABSA 2026, the authors' dev files: reviews and opinions, valence and arousal 1 to 9 an aspect; a text counts with the mean over its aspects. */
export async function readDimAbsa(
  textFolder: string,
  language: 'zho' | 'eng',
  topic: string,
): Promise<RatedItem[]> {
  const track = topic === 'environmental_protection' ? 'track_b' : 'track_a';
  const folder = path.join(textFolder, 'zh_en_dimabsa2026', track, 'subtask_1', language);
  const lines = linesOf(await readData(folder, `${language}_${topic}_dev_task1.jsonl`));
  return lines.map((line) => {
    const row = dimabsaRow.parse(JSON.parse(line));
    const pairs = row.Aspect_VA.map(({ VA }) => VA.split('#').map(Number));
    const mean = (k: number): number => pairs.reduce((sum, p) => sum + p[k]!, 0) / pairs.length;
    return { id: `${topic}/${row.ID}`, text: row.Text, ratings: { valence: mean(0), arousal: mean(1) } };
  });
}
