/** The test part that is ours: carved out of a corpus' train part by a hash of the row's id, as models/recipes/text/data.py does. */
import { createHash } from 'node:crypto';

const TEST_SHARE = 0.05;

export function inTestPart(rowId: string): boolean {
  const digest = createHash('sha256').update(`attune-test-1:${rowId}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < TEST_SHARE;
}
