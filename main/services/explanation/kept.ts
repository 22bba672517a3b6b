/** An explanation from the cache, or made and kept there: the models are asked once about a moment. */
import type { Explanation } from '#contract/explanation/explanation.ts';
import { readCached, writeCached } from '../analysis/cached.ts';
import type { StageCache } from '../analysis/stage-cache.ts';

export async function kept<E extends Explanation>(
  cache: StageCache,
  key: string,
  make: () => Promise<E>,
): Promise<E> {
  const known = await readCached<E>(cache, key);
  if (known !== null) return known;
  const made = await make();
  await writeCached(cache, key, made);
  return made;
}
