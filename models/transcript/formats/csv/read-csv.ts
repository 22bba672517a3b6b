/** A table of utterances: a heading that names at least the words and their start or speaker, then a row an utterance. */
import { CsvReader, delimiterOf, fromCell, type CsvRow } from '../../file/csv.ts';
import { boundedText, MAX_UTTERANCES, squash, tooManyUtterances, type RawTranscript } from '../../raw.ts';
import { parseClock } from '../cues/cue-time.ts';
import { columnsOf, type Column, type Columns } from './columns.ts';
import { numberOf, unitOf, type NumberedRow, type TimeUnit } from './time-unit.ts';

const PIECE_CHARACTERS = 1 << 20;

/** The columns, when the first line is such a heading. */
export function transcriptColumns(text: string): Columns | null {
  const line = /^[^\r\n]{0,4000}/.exec(text.trimStart())?.[0] ?? '';
  const reader = new CsvReader(delimiterOf(line));
  const [heading] = reader.push(`${line}\n`);
  const columns = columnsOf(heading?.cells ?? []);
  return columns.text !== undefined && (columns.start !== undefined || columns.speaker !== undefined)
    ? columns
    : null;
}

/** `durationMs` is the recording's length, Infinity without one. 'transcript-invalid' with the line for a table that is broken or cut. */
export function readCsv(text: string, columns: Columns, durationMs: number): RawTranscript {
  const body = text.trimStart();
  const reader = new CsvReader(delimiterOf(body));
  const rows: CsvRow[] = [];
  const take = (more: CsvRow[]): void => {
    for (const row of more) rows.push(row);
    if (rows.length > MAX_UTTERANCES + 1) throw tooManyUtterances();
  };
  for (let at = 0; at < body.length; at += PIECE_CHARACTERS)
    take(reader.push(body.slice(at, at + PIECE_CHARACTERS)));
  take(reader.finish());
  rows.shift();
  return { utterances: utterancesOf(rows, columns, durationMs) };
}

const TIMES = ['start', 'end', 'duration'] as const;

function utterancesOf(
  rows: readonly CsvRow[],
  columns: Columns,
  durationMs: number,
): RawTranscript['utterances'] {
  const cell = (row: CsvRow, column: Column | undefined): string =>
    column === undefined ? '' : fromCell(row.cells[column.index] ?? '').trim();
  const times = rows.map((row): NumberedRow => {
    const [start, end, duration] = TIMES.map((use) => cell(row, columns[use]) || null);
    return { start: start!, end: end!, duration: duration!, text: squash(cell(row, columns.text)) };
  });
  // A heading that names the unit speaks for those beside it that don't.
  const named = TIMES.map((use) => columns[use]?.unit ?? null).find((unit) => unit !== null);
  const unit = named ?? unitOf(times, durationMs);
  return rows.map((row, i) => {
    const time = (use: (typeof TIMES)[number]): number | null => {
      const written = times[i]![use];
      return written === null ? null : timeOf(written, columns[use]?.unit ?? unit);
    };
    const startMs = time('start');
    const duration = time('duration');
    const after = startMs === null || duration === null ? null : startMs + duration;
    const confidence = Number(cell(row, columns.confidence) || NaN);
    return {
      startMs,
      endMs: time('end') ?? after,
      speaker: squash(cell(row, columns.speaker)) || null,
      text: squash(boundedText(cell(row, columns.text), row.line)),
      words: [],
      confidence: confidence >= 0 && confidence <= 1 ? confidence : null,
    };
  });
}

const timeOf = (written: string, unit: TimeUnit): number =>
  written.includes(':') ? parseClock(written) : Math.round(numberOf(written) * (unit === 's' ? 1000 : 1));
