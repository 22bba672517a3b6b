/** A table's texts into the database, a batch at a time; they become a session once all of them are there. */
import { randomUUID } from 'node:crypto';
import { cancelledError } from '#contract/errors.ts';
import type { TextsChoice } from '#contract/texts/choice.ts';
import type { NewText } from '#main/hosts/database/text-tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { noTexts } from '#models/texts/file/bytes.ts';
import type { TextTable } from '#models/texts/table.ts';
import { textsOf } from '#models/texts/texts-of.ts';
import type { TextsDatabase } from './figures.ts';
import type { TextsFile } from './texts-file.ts';

/** For the job's WorkRequest. */
export const STORE_STAGES = [{ name: 'store', weight: 1 }];
const TEXTS_A_BATCH = 500;

export interface TextsToStore {
  file: TextsFile;
  table: TextTable;
  /** Of the table, for progress. */
  rowCount: number;
  choice: TextsChoice;
}

/** Gives the new session's id. Throws what the file is ('texts-…', 'file-…'), 'disk-full' or 'cancelled'; then nothing of it is left. */
export async function storeTexts(
  database: TextsDatabase,
  { file, table, rowCount, choice }: TextsToStore,
  context: WorkContext,
): Promise<string> {
  const report = context.stage('store');
  const { collectionId } = await database.call('texts.begin', { source: sourceOf(file, table, choice) });
  try {
    const { texts, leftOut } = textsOf(table, choice);
    let batch: NewText[] = [];
    let stored = 0;
    const flush = async (): Promise<void> => {
      if (context.signal.aborted) throw cancelledError();
      await database.call('texts.append', { collectionId, texts: batch });
      stored += batch.length;
      batch = [];
      report.progress((stored + leftOut.empty + leftOut.tooLong) / Math.max(1, rowCount));
    };
    for await (const text of texts) {
      batch.push(text);
      if (batch.length === TEXTS_A_BATCH) await flush();
    }
    await flush();
    if (stored === 0) throw noTexts('The column chosen for the text is empty in every row.');
    await file.verifyUnchanged();
    const at = new Date().toISOString();
    const session = {
      id: randomUUID(),
      title: choice.title,
      participant: null,
      createdAt: at,
      sample: false,
    };
    await database.call('texts.finish', { collectionId, session, leftOut, at });
    report.done();
    return session.id;
  } catch (thrown) {
    // Where even that fails, the next start of the workspace does it.
    await database.call('texts.discard', { collectionId }).catch(() => undefined);
    throw thrown;
  }
}

function sourceOf({ name, size }: TextsFile, table: TextTable, { columns, context, dateOrder }: TextsChoice) {
  const named = (column: number | null): string | null =>
    column === null ? null : (table.columns[column] ?? null);
  return {
    ...{ name, bytes: size, format: table.format, context, dateOrder },
    columns: {
      text: table.columns[columns.text] ?? '',
      time: named(columns.time),
      author: named(columns.author),
      topic: named(columns.topic),
    },
  };
}
