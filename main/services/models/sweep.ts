/** What a killed import or removal left behind, and what came of a download that nobody went on with. */
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDownload, isUnfinished } from '#main/platform/imported-models.ts';

/** No import takes as long; a younger one may be under way in another process. */
const OLD_MS = 24 * 3_600_000;
const OLD_DOWNLOAD_MS = 7 * OLD_MS;

export async function sweep(modelsFolder: string): Promise<void> {
  const names = await readdir(modelsFolder).catch((): string[] => []);
  for (const name of names.filter(isUnfinished)) {
    const left = path.join(modelsFolder, name);
    const found = await stat(left).catch(() => null);
    if (found && Date.now() - found.mtimeMs > (isDownload(name) ? OLD_DOWNLOAD_MS : OLD_MS))
      await rm(left, { recursive: true, force: true });
  }
}
