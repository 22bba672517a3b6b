/** Reading the texts of a session, from the first that is not read yet: a run that was cancelled or killed goes on where it was. */
import { argmax, CATEGORIES } from '#contract/emotion/categories.ts';
import type { FailedRow, PredictedRow } from '#contract/files/predict.ts';
import type { TextReading } from '#contract/texts/collection.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { ReadText } from '#main/hosts/database/text-tasks.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import type { ModelsInUse } from '../analysis/models-in-use.ts';
import { predictText } from '../prediction/predict-text.ts';
import type { TextsDatabase } from './figures.ts';

/** For the job's WorkRequest. */
export const READ_STAGES = [{ name: 'text', weight: 1 }];
const TEXTS_A_PAGE = 256;
const TEXTS_A_SAVE = 64;

export interface ReadingParts {
  database: TextsDatabase;
  inference: HostClient<InferenceTasks>;
  models: ModelsInUse;
}

/** Each text is durable a moment after it was read, and is never read again. @throws AttuneError, 'cancelled' among them */
export async function readTexts(
  sessionId: string,
  { database, inference, models }: ReadingParts,
  context: WorkContext,
): Promise<void> {
  const report = context.stage('text');
  const { count, read, models: before } = await database.call('texts.get', { sessionId });
  // Texts that an earlier version of a model read stay read by it, and both are named.
  const tags = [...new Set([...before, ...models.tags('text-emotion')])];
  report.progress(read / count);
  let waiting: ReadText[] = [];
  const save = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const readings = waiting;
    waiting = [];
    const saved = await database.call('texts.saveReadings', { sessionId, readings, models: tags });
    report.progress(saved.read / count);
  };
  try {
    for await (const row of predictText(
      unread(sessionId, read, database),
      { inference, models },
      context.signal,
    )) {
      waiting.push(outcomeOf(row));
      if (waiting.length >= TEXTS_A_SAVE) await save();
    }
  } finally {
    await save();
  }
  report.done();
}

/** As rows of `attune predict text`, a page in memory at a time. */
async function* unread(sessionId: string, read: number, database: TextsDatabase): AsyncGenerator<string> {
  for (let after = read; ;) {
    const { texts } = await database.call('texts.unread', { sessionId, after, limit: TEXTS_A_PAGE });
    for (const { seq, text, context } of texts)
      yield JSON.stringify({ id: seq, text, ...(context !== null && { context }) });
    if (texts.length < TEXTS_A_PAGE) return;
    after = texts.at(-1)!.seq;
  }
}

const outcomeOf = (row: PredictedRow | FailedRow): ReadText => ({
  seq: Number(row.id),
  outcome: 'error' in row ? { failure: row.error.code } : { reading: readingOf(row) },
});

function readingOf({ probabilities, vad, ...row }: PredictedRow): TextReading {
  const list = CATEGORIES.map((category) => probabilities[category]);
  return {
    probabilities: list,
    readsAs: row.abstained ? 'not-sure' : CATEGORIES[argmax(list)]!,
    confidence: row.confidence,
    dimensions: vad,
    labels: row.labels,
    quality: row.quality,
    reasons: row.reasons,
  };
}
