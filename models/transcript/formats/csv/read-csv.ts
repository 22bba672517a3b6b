/** A table of utterances: a heading that names at least the words and their start or speaker, then a row an utterance. */
import { CsvReader, delimiterOf, fromCell, type CsvRow } from '../../file/csv.ts';
import { boundedText, MAX_UTTERANCES, squash, tooManyUtterances, type RawTranscript } from '../../raw.ts';
import { parseClock } from '../cues/cue-time.ts';
import { columnsOf, type Column, type Columns, type TimeUnit } from './columns.ts';

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

/** 'transcript-invalid' with the line for a table that is broken or cut. */
export function readCsv(text: string, columns: Columns): RawTranscript {
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
  return { utterances: utterancesOf(rows, columns) };
}

function utterancesOf(rows: readonly CsvRow[], columns: Columns): RawTranscript['utterances'] {
  const cell = (row: CsvRow, column: Column | undefined): string =>
    column === undefined ? '' : fromCell(row.cells[column.index] ?? '').trim();
  const unit = (column: Column | undefined): TimeUnit =>
    column === undefined ? null : (column.unit ?? unitOf(rows.map((row) => cell(row, column))));
  const units = { start: unit(columns.start), end: unit(columns.end), duration: unit(columns.duration) };
  const time = (row: CsvRow, use: 'start' | 'end' | 'duration'): number | null => {
    const written = cell(row, columns[use]);
    return written === '' ? null : timeOf(written, units[use]);
  };
  return rows.map((row) => {
    const startMs = time(row, 'start');
    const duration = time(row, 'duration');
    const after = startMs === null || duration === null ? null : startMs + duration;
    const confidence = Number(cell(row, columns.confidence) || NaN);
    return {
      startMs,
      endMs: time(row, 'end') ?? after,
      speaker: squash(cell(row, columns.speaker)) || null,
      text: squash(boundedText(cell(row, columns.text), row.line)),
      words: [],
      confidence: confidence >= 0 && confidence <= 1 ? confidence : null,
    };
  });
}

function timeOf(written: string, unit: TimeUnit): number {
  if (written.includes(':')) return parseClock(written);
  return Math.round(Number(written.replace(',', '.')) * (unit === 's' ? 1000 : 1));
}

/** Numbers with a decimal point are seconds, and so are whole ones that rise too slowly for milliseconds. */
function unitOf(written: readonly string[]): TimeUnit {
  const numbers = written.filter((text) => text !== '' && !text.includes(':'));
  if (numbers.some((text) => /[.,]/.test(text))) return 's';
  const values = numbers.map(Number).filter(Number.isFinite);
  const span = values.reduce((most, value) => Math.max(most, value), 0);
  return span < 100 * values.length ? 's' : 'ms';
}
