/** `attune analyze FILE.csv`: a table of comments, a chat or a text without a window, by the same path as in one. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { mkdir } from 'node:fs/promises';
import { AttuneError } from '#contract/errors.ts';
import { namesTexts } from '#contract/texts/preview.ts';
import type { Engine } from '#main/engine.ts';
import { asJob } from '#main/jobs/as-job.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import { fitting } from '#main/services/export/write-results.ts';
import { writeFileWhole } from '#main/services/export/write-file.ts';
import { csvParts } from '#main/services/texts/csv-page.ts';
import { READ_STAGES, readTexts } from '#main/services/texts/read-texts.ts';
import { reportOf, type TextsReport } from '#main/services/texts/report.ts';
import { STORE_STAGES, storeTexts } from '#main/services/texts/store-texts.ts';
import { textsFileAt } from '#main/services/texts/texts-file.ts';
import { TextsPreviews } from '#main/services/texts/texts-previews.ts';
import { textsText } from '#main/services/texts/texts-text.ts';
import type { TextsDatabase } from '#main/services/texts/figures.ts';
import { ANALYZE_OPTIONS } from './analyze.ts';
import { eachFile } from './each-file.ts';
import { withPassingDatabase } from './passing-database.ts';
import { chosenOf, TEXTS_OPTIONS, textsOptions, type TextsOptions } from './texts-options.ts';

/** Whether the arguments of `attune analyze` are about texts: every file named is, or a column is. */
export function aboutTexts(args: string[]): boolean {
  const { values, positionals: files } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    // Of both kinds: what an option is told is no file.
    options: { ...ANALYZE_OPTIONS, ...TEXTS_OPTIONS },
  });
  return values['text-column'] !== undefined || (files.length > 0 && files.every(namesTexts));
}

export async function textsCommand(args: string[], engine: Engine, signal: AbortSignal): Promise<number> {
  const given = textsOptions(args);
  return eachFile(given.files, signal, (file, { jobs, progress }) =>
    withPassingDatabase(async (database) => {
      const sessionId = await analyseTexts(file, given, { engine, database, jobs });
      progress.clear();
      const report = await reportOf(database, sessionId);
      process.stdout.write(given.json ? `${JSON.stringify(report)}\n` : textsText(report));
      const written = given.out === undefined ? [] : await writeTexts(report, database, sessionId, given.out);
      if (!given.json) for (const name of written) process.stdout.write(`  wrote ${name}\n`);
    }),
  );
}

/** The jobs belong to no session of a library. */
const NOBODYS = { sessionId: null, recordingId: null };

interface Parts {
  engine: Engine;
  database: TextsDatabase;
  jobs: JobRegistry;
}

async function analyseTexts(
  name: string,
  given: TextsOptions,
  { engine, database, jobs }: Parts,
): Promise<string> {
  const file = await textsFileAt(name);
  try {
    const previews = new TextsPreviews();
    const preview = await previews.look(file, given.as);
    const choice = chosenOf(preview, given);
    const { table, rowCount } = previews.take(preview.previewId);
    const sessionId = await asJob(
      jobs,
      { ...NOBODYS, kind: 'import', title: 'Storing', stages: STORE_STAGES },
      (context) => storeTexts(database, { file, table, rowCount, choice }, context),
    );
    await asJob(jobs, { ...NOBODYS, kind: 'analysis', title: 'Reading', stages: READ_STAGES }, (context) =>
      readTexts(sessionId, { ...engine, database }, context),
    );
    await database.call('texts.complete', { sessionId, at: new Date().toISOString() });
    return sessionId;
  } finally {
    await file.close();
  }
}

/** Returns the paths written. @throws AttuneError 'output-not-writable' or 'disk-full' */
async function writeTexts(
  report: TextsReport,
  database: TextsDatabase,
  sessionId: string,
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new AttuneError('output-not-writable', 'The folder for the results could not be made.', { cause });
  });
  const at = (ending: string): string => path.join(folder, fitting(report.collection.source.name, ending));
  await writeFileWhole(at('.attune.json'), `${JSON.stringify(report)}\n`);
  await writeFileWhole(at('.csv'), csvParts(database, sessionId));
  return [at('.attune.json'), at('.csv')];
}
