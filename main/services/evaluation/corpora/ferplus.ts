/** FER+ (Barsoum et al. 2016): ten votes a picture on FER2013's grey faces of 48 x 48 pixels. The rules are those of models/recipes/face/ferplus.py. */
import path from 'node:path';
import type { RgbFrame } from '#main/hosts/inference/tasks.ts';
import { readDataBytes, unpackXz } from './files.ts';
import { readNpz, stringsOf, type Npy } from './npz.ts';

export const FERPLUS_LABELS = [
  'neutral',
  'happiness',
  'surprise',
  'sadness',
  'anger',
  'disgust',
  'fear',
  'contempt',
] as const;
export type FerPlusLabel = (typeof FERPLUS_LABELS)[number];

export interface FerPlusItem {
  readonly id: string;
  readonly label: FerPlusLabel;
  readonly frame: RgbFrame;
}

const SIDE = 48;
const VOTES = 10;

/**
 * PublicTest: pictures with a clear majority (single votes dropped, no tie, above "unknown" and "no face"), without those that have a
 * pixel-identical copy in Training or earlier in the part.
 */
export async function readFerPlus(data: string): Promise<FerPlusItem[]> {
  const folder = path.join(data, 'face', 'ferplus');
  const table = readNpz(await readDataBytes(folder, 'ferplus_train_valid.labels.npz'));
  const column = (name: string): Npy => table.get(name)!;
  const [usage, groups, names] = ['usage', 'md5_group', 'name'].map((name) => stringsOf(column(name)));
  const votes = column('votes').data;
  const taken = new Set(groups!.filter((_, row) => usage![row] !== 'PublicTest'));
  const pixels = await unpackXz(path.join(folder, 'ferplus_train_valid.u8.xz'));
  const items: FerPlusItem[] = [];
  usage!.forEach((part, row) => {
    const group = groups![row]!;
    if (part !== 'PublicTest' || taken.has(group)) return;
    taken.add(group);
    const label = FERPLUS_LABELS[majority(votes.subarray(row * VOTES, (row + 1) * VOTES))];
    if (label === undefined) return;
    const grey = pixels.subarray(row * SIDE * SIDE, (row + 1) * SIDE * SIDE);
    items.push({ id: names![row]!.replace('.png', ''), label, frame: greyFrame(grey, SIDE) });
  });
  return items;
}

/** Index of the one column with the most votes; -1 in a tie. The last two columns are "unknown" and "no face". */
function majority(votes: Uint8Array): number {
  const counted = Array.from(votes, (v) => (v <= 1 ? 0 : v));
  const most = Math.max(...counted);
  return counted.filter((v) => v === most).length === 1 ? counted.indexOf(most) : -1;
}

export function greyFrame(grey: Uint8Array, side: number): RgbFrame {
  const rgb = new Uint8Array(3 * side * side);
  for (let i = 0; i < side * side; i++) rgb.fill(grey[i]!, 3 * i, 3 * i + 3);
  return { timeMs: 0, width: side, height: side, rgb };
}
