/** Writes one recording's results into a folder: whole files or none. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import { toCsv } from './csv.ts';
import { writeFileWhole } from './write-file.ts';

/** The longest name that any usual file system takes, with the endings. */
const MAX_NAME_BYTES = 255;

/** A name that fits even when the recording's own is as long as the file system allows. */
export function fitting(name: string, ending: string): string {
  let stem = name;
  while (Buffer.byteLength(stem + ending) > MAX_NAME_BYTES - 20)
    stem = Array.from(stem).slice(0, -1).join('');
  return stem + ending;
}

/** Returns the paths written. @throws AttuneError 'output-not-writable' or 'disk-full' */
export async function writeResults(result: AnalysisResult, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new AttuneError('output-not-writable', 'The folder for the results could not be made.', { cause });
  });
  const files = [
    {
      file: path.join(folder, fitting(result.source.name, '.attune.json')),
      text: `${JSON.stringify(result)}\n`,
    },
    { file: path.join(folder, fitting(result.source.name, '.csv')), text: toCsv(result) },
  ];
  for (const { file, text } of files) await writeFileWhole(file, text);
  return files.map(({ file }) => file);
}
