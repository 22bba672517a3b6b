/** CSV and TSV of any size. */
import { CsvReader, delimiterOf, fromCell, type CsvRow, type Delimiter } from '../../transcript/file/csv.ts';
import type { TextFile } from '../file/text.ts';
import type { TableRow } from '../table.ts';

/** Pieces small enough that whoever reads can do something else in between. */
const PIECE_CHARACTERS = 1 << 15;

export async function* delimitedRows(file: TextFile, delimiter: Delimiter): AsyncGenerator<TableRow> {
  const reader = new CsvReader(delimiter);
  for await (const text of file.text())
    for (let at = 0; at < text.length; at += PIECE_CHARACTERS)
      yield* reader.push(text.slice(at, at + PIECE_CHARACTERS)).map(asRow);
  yield* reader.finish().map(asRow);
}

const asRow = ({ cells, line }: CsvRow): TableRow => ({ cells: cells.map(fromCell), row: line });

/** Of the first line; where that has no mark at all, commas belong to the words. */
export function delimiterIn(head: string): Delimiter {
  const line = /^[^\r\n]*/.exec(head)?.[0] ?? '';
  return /[,;\t]/.test(line.replaceAll(/"[^"]*"/g, '')) ? delimiterOf(line) : '\t';
}

/** Text without a table's name is one when each of its first lines has the same number of tabs. */
export function hasTabs(head: string): boolean {
  const lines = head.split(/\r\n|\r|\n/).slice(0, 10);
  if (head.length >= 4000) lines.pop();
  const tabs = lines.filter((line) => line !== '').map((line) => line.split('\t').length - 1);
  return tabs.length > 1 && tabs[0]! > 0 && tabs.every((n) => n === tabs[0]);
}
