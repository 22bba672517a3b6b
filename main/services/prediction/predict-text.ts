/** `attune predict text`: many texts, in order, in bounded memory. */
import { AttuneError } from '#contract/errors.ts';
import { textRow, type FailedRow, type PredictedRow, type TextRow } from '#contract/files/predict.ts';
import type { PredictionParts } from './parts.ts';
import { parseRow, surenessOf, toFailure, toRow } from './row.ts';

/** Among this many there are enough of like length to share the runs of the graph. */
const ROWS_A_CALL = 128;
/** Long texts don't wait for so many: a call stays below a few megabytes. */
const CHARS_A_CALL = 1_000_000;
const MAX_TEXT_CHARS = 200_000;
/** More of what was said before than any text model reads (some 50 tokens), so that no more is copied. */
const CONTEXT_UTTERANCES = 24;
const CONTEXT_CHARS = 1000;

type Entry = { row: TextRow } | { failure: FailedRow };

export async function* predictText(
  lines: AsyncIterable<string | null>,
  {
    inference,
    models,
    sureness = surenessOf(models),
  }: Pick<PredictionParts, 'inference' | 'models' | 'sureness'>,
  signal: AbortSignal,
): AsyncGenerator<PredictedRow | FailedRow> {
  let waiting: Entry[] = [];
  let chars = 0;

  const flush = async (): Promise<(PredictedRow | FailedRow)[]> => {
    const entries = waiting;
    waiting = [];
    chars = 0;
    const rows = entries.flatMap((e) => ('row' in e ? [e.row] : []));
    const read = await readAll(rows);
    let next = 0;
    return entries.map((e) => ('failure' in e ? e.failure : read[next++]!));
  };

  const read = async (rows: TextRow[]): Promise<PredictedRow[]> => {
    const items = rows.map(({ text, context, language }) => ({
      text,
      ...(context === undefined ? {} : { context: nearest(context) }),
      ...(language === undefined ? {} : { language }),
    }));
    const { readings } = await inference.call('text.read', { items }, { signal });
    return rows.map((row, i) => toRow(row.id, readings[i]!, sureness));
  };

  /** When a call fails, its rows are read one by one, so that only the bad one fails. */
  const readAll = async (rows: TextRow[]): Promise<(PredictedRow | FailedRow)[]> => {
    if (rows.length === 0) return [];
    try {
      return await read(rows);
    } catch (error) {
      signal.throwIfAborted();
      if (rows.length === 1) return [toFailure(rows[0]!.id, error)];
      const single = [];
      for (const row of rows) single.push(...(await readAll([row])));
      return single;
    }
  };

  for await (const line of lines) {
    const entry = toEntry(line);
    waiting.push(entry);
    chars += 'row' in entry ? entry.row.text.length : 0;
    if (waiting.length === ROWS_A_CALL || chars >= CHARS_A_CALL) yield* await flush();
  }
  yield* await flush();
}

const nearest = (context: readonly string[]): string[] =>
  context.slice(-CONTEXT_UTTERANCES).map((said) => said.slice(-CONTEXT_CHARS));

function toEntry(line: string | null): Entry {
  const parsed = parseRow(line, textRow);
  if (!parsed.ok) return { failure: parsed.failure };
  const { row } = parsed;
  if (row.text.length > MAX_TEXT_CHARS)
    return {
      failure: toFailure(
        row.id,
        new AttuneError('text-invalid', 'The text is longer than 200,000 characters.'),
      ),
    };
  return { row };
}
