/** CSV and TSV of any size. */
import { CsvReader, delimiterOf, fromCell, type CsvRow, type Delimiter } from '../../transcript/file/csv.ts';
import type { TextFile } from '../file/text.ts';
import type { TableRow } from '../table.ts';
import type { GridRows } from './grid.ts';

/** Pieces small enough that whoever reads can do something else in between. */
const PIECE_CHARACTERS = 1 << 15;

/** "sep=;" on a line before the table, as Excel reads and some programs write it. */
const TOLD = /^sep=([,;\t])(?=[\r\n])/i;

export async function delimitedRows(file: TextFile, head: string): Promise<GridRows> {
  const told = TOLD.exec(head)?.[1] as Delimiter | undefined;
  const delimiter = told ?? delimiterIn(head);
  const unclosed = await unclosedQuote(file, delimiter);
  return () => rowsOf(file, delimiter, { unclosed, above: told === undefined ? 0 : 1 });
}

async function* rowsOf(
  file: TextFile,
  delimiter: Delimiter,
  { unclosed, above }: { unclosed: number; above: number },
): AsyncGenerator<TableRow> {
  const reader = new CsvReader(delimiter);
  const below = (rows: CsvRow[]): TableRow[] => rows.filter(({ line }) => line > above).map(asRow);
  let length = 0;
  for await (const text of file.text()) {
    const at = unclosed - length;
    length += text.length;
    const read = at >= 0 && at < text.length ? `${text.slice(0, at)}"""${text.slice(at)}` : text;
    for (let from = 0; from < read.length; from += PIECE_CHARACTERS)
      yield* below(reader.push(read.slice(from, from + PIECE_CHARACTERS)));
  }
  yield* below(reader.finish());
}

const asRow = ({ cells, line }: CsvRow): TableRow => ({ cells: cells.map(fromCell), row: line });

/** Where a quotation mark begins a cell and no other one ends it: it belongs to the words, and is read as doubled within marks. -1: nowhere. */
async function unclosedQuote(file: TextFile, delimiter: Delimiter): Promise<number> {
  let state: 'start' | 'plain' | 'quoted' | 'quote-in-quoted' = 'start';
  let opened = -1;
  let length = 0;
  for await (const text of file.text()) {
    for (let i = 0; i < text.length; i++) {
      const character = text[i];
      if (state === 'quoted') {
        if (character === '"') state = 'quote-in-quoted';
      } else if (character === delimiter || character === '\n' || character === '\r') state = 'start';
      else if (character === '"' && state !== 'plain') {
        if (state === 'start') opened = length + i;
        state = 'quoted';
      } else state = 'plain';
    }
    length += text.length;
  }
  return state === 'quoted' ? opened : -1;
}

/** Of the first line, which may go on within quotation marks; where that has no mark at all, commas belong to the words. */
function delimiterIn(head: string): Delimiter {
  const bare = head.replaceAll(/(^|[,;\t\r\n])"(?:[^"]|"")*"/g, '$1');
  const line = /^[^\r\n]*/.exec(bare)![0];
  return /[,;\t]/.test(line) ? delimiterOf(line) : '\t';
}

/** Text without a table's name is one when each of its first lines has the same number of tabs. */
export function hasTabs(head: string): boolean {
  const lines = head.split(/\r\n|\r|\n/).slice(0, 10);
  if (head.length >= 4000) lines.pop();
  const tabs = lines.filter((line) => line !== '').map((line) => line.split('\t').length - 1);
  return tabs.length > 1 && tabs[0]! > 0 && tabs.every((n) => n === tabs[0]);
}
