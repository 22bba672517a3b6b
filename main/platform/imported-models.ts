/** Models that the person brought: a folder each, with the manifest that its import wrote. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { byTask, parseManifest } from '#models/catalogue/catalogue.ts';
import type { InstalledModel } from './weights.ts';

/** What came of a download so far; another one from the same address goes on with it. */
const DOWNLOAD = '.download-';
export const downloadFolder = (address: string): string =>
  `${DOWNLOAD}${createHash('sha256').update(address).digest('hex').slice(0, 16)}`;
export const isDownload = (name: string): boolean => name.startsWith(DOWNLOAD);

/** What an import or a download has not finished, or a removal not yet deleted, begins with a dot. */
export const isUnfinished = (name: string): boolean => name.startsWith('.');

/** In the catalogue's order; read anew each time, for models come and go. A folder that holds none is passed over: it is the person's own. */
export async function importedModels(folder: string): Promise<InstalledModel[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const models = await Promise.all(
    names.filter((name) => !isUnfinished(name)).map((name) => importedModel(path.join(folder, name))),
  );
  return models.filter((model) => model !== null).sort((a, b) => byTask(a.manifest, b.manifest));
}

/** Null where there is none, or one that doesn't say that it was imported. */
export async function importedModel(folder: string): Promise<InstalledModel | null> {
  try {
    const manifest = parseManifest(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
    return manifest.source.kind === 'imported' ? { manifest, folder } : null;
  } catch {
    return null;
  }
}
