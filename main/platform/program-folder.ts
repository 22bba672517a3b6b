/** Where the program itself lies: a checkout, a build of it, or a packaged app. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with package.json: the checkout, or the archive of a packaged app. */
export function programFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  // Source, bundle and shared chunk lie at different depths.
  while (!existsSync(path.join(folder, 'package.json'))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error('The program folder was not found.');
    folder = above;
  }
  return folder;
}

/** The same, where files lie on disk as they are: weights and native modules are kept outside a packaged app's archive. */
export const unpackedFolder = (): string => programFolder().replace(/\bapp\.asar$/, 'app.asar.unpacked');

/** The built interface. */
export const pageFolder = (): string => path.join(programFolder(), 'out', 'renderer');
