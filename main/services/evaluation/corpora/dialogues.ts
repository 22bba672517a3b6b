/** Talk with an emotion an utterance: MELD, EmoryNLP, XDailyDialog, CPED. Utterances come with up to six earlier ones as context. */
import path from 'node:path';
import { groupedBy } from '#models/metrics/grouped.ts';
import { readData } from './files.ts';
import type { LabelledItem } from './labelled-texts.ts';
import { inTestPart, type Part } from './own-test.ts';
import { csvRows, linesOf } from './table.ts';
import { withContext } from './text-item.ts';

/** Windows-1252's quotes and dashes, left as control characters in MELD's files. */
const REPAIR: Record<string, string> = { '\x91': "'", '\x92': "'", '\x93': '"', '\x94': '"', '\x85': '...' };
const repaired = (text: string): string =>
  text.replace(/[\x91-\x94\x85]/g, (c) => REPAIR[c]!).replaceAll('\x97', ' - ');

/** MELD (Poria et al. 2019): the television series Friends. */
export async function readMeld(textFolder: string, part: Part): Promise<LabelledItem[]> {
  const file = part === 'dev' ? 'dev_sent_emo.csv' : 'train_sent_emo.csv';
  const rows = csvRows(await readData(textFolder, 'meld', file));
  return inDialogues(
    rows
      .filter((r) => part === 'dev' || inTestPart(`meld-${r['Dialogue_ID']}`))
      .map((r) => ({
        id: `meld-${r['Dialogue_ID']}-${r['Utterance_ID']}`,
        text: repaired(r['Utterance']!),
        dialogue: r['Dialogue_ID']!,
        label: r['Emotion']!,
        person: { speaker: r['Speaker']! },
      })),
  );
}

/** EmoryNLP (Zahiri and Choi 2018), dev part: Friends too. Peaceful and powerful have no place among the seven categories. */
export async function readEmoryNlp(textFolder: string): Promise<LabelledItem[]> {
  const rows = csvRows(await readData(textFolder, 'emorynlp', 'emorynlp_dev_final.csv'));
  return inDialogues(
    rows.map((r) => {
      const dialogue = `${r['Season']}-${r['Episode']}-${r['Scene_ID']}`;
      const id = `emorynlp-${dialogue}-${r['Utterance_ID']}`;
      return { id, text: r['Utterance']!, dialogue, label: r['Emotion']! };
    }),
  );
}

const XDAILY_LABELS = ['no_emotion', 'anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise'];

interface XDaily {
  readonly number: string;
  readonly text: string;
  readonly labels: string;
}

/** XDailyDialog (Liu et al. 2023): DailyDialog's everyday talk, in English and as people translated it into Chinese; the parts are the same in both. */
export async function readXDaily(
  textFolder: string,
  language: 'en' | 'zh',
  part: Part,
): Promise<LabelledItem[]> {
  const folder = path.join(textFolder, 'dailydialog_xdaily');
  const dialogues = part === 'dev' ? await xdailyDev(folder, language) : await xdailyTest(folder, language);
  return inDialogues(
    dialogues.flatMap(({ number, text, labels }) => {
      const said = text.split('__eou__').flatMap((u) => (u.trim() === '' ? [] : [u.trim()]));
      const emotions = labels.trim().split(/\s+/);
      // A few dialogues have another number of labels than of utterances.
      if (said.length !== emotions.length) return [];
      return said.map((utterance, u) => ({
        id: `xdaily-${language}-${number}-${u}`,
        text: utterance,
        dialogue: number,
        label: XDAILY_LABELS[Number(emotions[u])]!,
      }));
    }),
  );
}

async function xdailyDev(folder: string, language: string): Promise<XDaily[]> {
  const lines = linesOf(await readData(folder, `${language}_dev_human.txt`));
  return lines.map((line, d) => {
    const [text = '', , , labels = ''] = line.split('\t');
    return { number: `dev-${d}`, text, labels };
  });
}

/** Line-aligned files. */
async function xdailyTest(folder: string, language: 'en' | 'zh'): Promise<XDaily[]> {
  const file = `dialogues_text_${language === 'en' ? 'En' : 'Zh'}.txt`;
  const texts = linesOf(await readData(folder, 'train', file));
  const emotions = linesOf(await readData(folder, 'train', 'dialogues_emotion.txt'));
  return texts
    .map((text, d) => ({ number: String(d), text, labels: emotions[d] ?? '' }))
    .filter(({ number }) => inTestPart(`xdaily-${number}`));
}

/** CPED (Chen et al. 2022), a twentieth of its published test part: Chinese television, the speaker's gender and age given. Labelled with picture and sound. */
export async function readCped(textFolder: string): Promise<LabelledItem[]> {
  const rows = csvRows(await readData(textFolder, 'zh_cped_partial', 'test_split.csv'));
  return inDialogues(
    rows
      .filter((r) => inTestPart(`cped-${r['Dialogue_ID']}`))
      .map((r) => ({
        id: r['Utterance_ID']!,
        text: r['Utterance']!,
        dialogue: r['Dialogue_ID']!,
        label: r['Emotion']!,
        person: { gender: r['Gender']!, age: r['Age']! },
      })),
  );
}

function inDialogues<T extends LabelledItem & { readonly dialogue: string }>(rows: readonly T[]): T[] {
  const dialogues = groupedBy(rows, (row) => row.dialogue);
  return [...dialogues.values()].flatMap((dialogue) => withContext(dialogue));
}
