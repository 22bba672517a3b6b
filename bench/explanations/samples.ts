/** What the deletion curves are measured on: research data beside the repository, never part of it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unitsOf } from '#models/explanation/text/words.ts';
import type { Frame } from '#models/face/frame.ts';
import { readNpz, strings } from './npz.ts';

const shared = path.resolve(import.meta.dirname, '../../../shared/data');
const texts = path.join(shared, 'text.tar.xz');
const ravdess = path.join(shared, 'speech/ravdess');
const ferplus = path.join(shared, 'face/ferplus');

export const haveSamples = (): boolean => [texts, ravdess, ferplus].every((each) => existsSync(each));

const FEWEST_WORDS = 5;
const MOST_BYTES = 256 * 1024 * 1024;

/** GoEmotions' development part, texts of five words and more. */
export function goEmotionsDev(): string[] {
  const rows = execFileSync('tar', ['-xJOf', texts, '--wildcards', '*goemotions/dev.tsv'], {
    maxBuffer: MOST_BYTES,
    encoding: 'utf8',
  });
  return rows
    .split('\n')
    .map((row) => row.split('\t')[0]!)
    .filter((text) => unitsOf(text, 'en').length >= FEWEST_WORDS);
}

/** RAVDESS, the clips of actors 17 to 20: files. */
export function ravdessTest(): string[] {
  const [, ...rows] = readFileSync(path.join(ravdess, 'labels.csv'), 'utf8').trim().split('\n');
  return rows
    .map((row) => row.split(','))
    .filter(([, , speaker]) => ['17', '18', '19', '20'].includes(speaker!))
    .map(([file]) => path.join(ravdess, file!));
}

const SIDE = 48;

/** FER+, the pictures of FER2013's public test part: 48 x 48 grey faces. */
export function ferPlusPublicTest(): Frame[] {
  const archive = readFileSync(path.join(ferplus, 'ferplus_train_valid.labels.npz'));
  const usage = strings(readNpz(archive, 'usage'));
  const packed = path.join(ferplus, 'ferplus_train_valid.u8.xz');
  const pixels = execFileSync('xz', ['-dc', packed], { maxBuffer: MOST_BYTES });
  return usage.flatMap((part, row) => {
    if (part !== 'PublicTest') return [];
    const rgb = new Uint8Array(SIDE * SIDE * 3);
    for (let i = 0; i < rgb.length; i++) rgb[i] = pixels[row * SIDE * SIDE + Math.floor(i / 3)]!;
    return [{ width: SIDE, height: SIDE, rgb }];
  });
}
