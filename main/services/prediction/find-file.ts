/** Where a row's path leads. */
import { stat } from 'node:fs/promises';
import path from 'node:path';

/** From the working folder, as programs do; where nothing is there, from the folder of the rows, as people who move both mean it. */
export async function findFile(given: string, folder: string | undefined): Promise<string> {
  if (folder === undefined || path.isAbsolute(given)) return given;
  const beside = path.join(folder, given);
  const there = (file: string): Promise<boolean> =>
    stat(file).then(
      () => true,
      () => false,
    );
  return !(await there(given)) && (await there(beside)) ? beside : given;
}
