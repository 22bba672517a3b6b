/** Runs a stage unless its outcome is in the cache. A cached value that can't be read counts as missing. */
import { deserialize, serialize } from 'node:v8';
import type { StageReport } from '#main/jobs/work.ts';
import type { StageCache } from './stage-cache.ts';

export async function readCached<T>(cache: StageCache, key: string): Promise<T | null> {
  const bytes = await cache.get(key);
  if (!bytes) return null;
  try {
    return deserialize(bytes) as T;
  } catch {
    return null;
  }
}

export const writeCached = (cache: StageCache, key: string, value: unknown): Promise<void> =>
  cache.put(key, serialize(value));

export async function cached<T>(
  cache: StageCache,
  key: string,
  report: StageReport,
  run: () => Promise<T>,
): Promise<T> {
  const known = await readCached<T>(cache, key);
  if (known !== null) {
    report.reused();
    return known;
  }
  const value = await run();
  await writeCached(cache, key, value);
  report.done();
  return value;
}
