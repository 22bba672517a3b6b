/** Talk with an emotion an utterance: MELD, EmoryNLP, XDailyDialog, CPED. Utterances come with up to six earlier ones as context. */
import { groupedBy } from '#models/metrics/grouped.ts';
import { readData } from './files.ts';
import type { LabelledItem } from './labelled-texts.ts';
import { inTestPart } from './own-test.ts';
import { csvRows, linesOf } from './table.ts';
import { withContext } from './text-item.ts';

/** Windows-1252's quotes and dashes, left as control characters in MELD's files. */
const REPAIR: Record<string, string> = { '\x91': "'", '\x92': "'", '\x93': '"', '\x94': '"', '\x85': '...' };
const repaired = (text: string): string =>
  text.replace(/[\x91-\x94\x85]/g, (c) => REPAIR[c]!).replaceAll('\x97', ' - ');

/** MELD (Poria et al. 2019), dev part: the television series Friends. */
export async function readMeld(textFolder: string): Promise<LabelledItem[]> {
  const rows = csvRows(await readData(textFolder, 'meld', 'dev_sent_emo.csv'));
  return inDialogues(
    rows.map((r) => ({
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

/** XDailyDialog (Liu et al. 2023), dev part: DailyDialog's everyday talk, in English and as people translated it into Chinese. */
export async function readXDaily(textFolder: string, language: 'en' | 'zh'): Promise<LabelledItem[]> {
  const lines = linesOf(await readData(textFolder, 'dailydialog_xdaily', `${language}_dev_human.txt`));
  const rows = lines.flatMap((line, d) => {
    const [text = '', , , emotions = ''] = line.split('\t');
    const labels = emotions.trim().split(' ');
    const utterances = text.split('__eou__').map((u) => u.trim());
    return labels.map((label, u) => ({
      id: `xdaily-${language}-${d}-${u}`,
      text: utterances[u] ?? '',
      dialogue: String(d),
      label: XDAILY_LABELS[Number(label)]!,
    }));
  });
  return inDialogues(rows);
}

/** CPED (Chen et al. 2022), a twentieth of its test part: Chinese television, the speaker's gender and age given. Labelled with picture and sound. */
export async function readCped(textFolder: string): Promise<LabelledItem[]> {
  const rows = csvRows(await readData(textFolder, 'zh_cped_partial', 'test_split.csv'));
  const items = rows.map((r) => ({
    id: r['Utterance_ID']!,
    text: r['Utterance']!,
    dialogue: r['Dialogue_ID']!,
    label: r['Emotion']!,
    person: { gender: r['Gender']!, age: r['Age']! },
  }));
  return inDialogues(items).filter((item) => inTestPart(item.id));
}

function inDialogues<T extends LabelledItem & { readonly dialogue: string }>(rows: readonly T[]): T[] {
  const dialogues = groupedBy(rows, (row) => row.dialogue);
  return [...dialogues.values()].flatMap((dialogue) => withContext(dialogue));
}
