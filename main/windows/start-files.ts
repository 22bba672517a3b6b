/** Recordings named when the program was started. */
import path from 'node:path';

/**
 * After "--" everything is a file. Without it, a packaged app takes what isn't an option ("Open with…" names plain
 * paths); in a checkout the first plain argument is the program itself, so there "--" is needed.
 */
export function startFiles(argv: readonly string[], packaged: boolean, folder: string): string[] {
  const mark = argv.indexOf('--');
  const plain = packaged ? argv.slice(1).filter((argument) => !argument.startsWith('-')) : [];
  return (mark === -1 ? plain : argv.slice(mark + 1)).map((file) => path.resolve(folder, file));
}
