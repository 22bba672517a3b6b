/** Parts that are ours: carved out of a corpus by a hash of a row's or dialogue's id, as the recipes of models/recipes/text do, so that they stay the same. */
import { createHash } from 'node:crypto';

/** What the figures of a text are measured on: rows that choices were made on, and rows that nothing was. */
export type Part = 'dev' | 'own test';

const TEST_SHARE = 0.05;

/** In [0, 1). */
function placeOf(name: string): number {
  const digest = createHash('sha256').update(name).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** data.py: a twentieth of a train part. */
export const inTestPart = (id: string): boolean => placeOf(`attune-test-1:${id}`) < TEST_SHARE;

/** weibo.py: of labelled Chinese posts, which come in one part only, a quarter is dev, a tenth ours to test on, the rest is trained on. */
export function chinesePart(id: string): Part | 'train' {
  const place = placeOf(`attune-zh-1:${id}`);
  if (place < 0.25) return 'dev';
  return place < 0.35 ? 'own test' : 'train';
}
