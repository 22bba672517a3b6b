/** The SHA-256 of a recording on disk. */
import { createHash } from 'node:crypto';
import type { SourceFile } from '#main/services/library/source-file.ts';

/** In hex. @throws AttuneError 'file-changed'; the signal's reason when it is aborted. */
export async function hashOf(source: SourceFile, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of source.content(() => signal.throwIfAborted())) hash.update(bytes);
  return hash.digest('hex');
}
