/** Rows of cells as a table with named columns: of a CSV file or a spreadsheet's sheet. */
import { invalidTexts, noTexts } from '../file/bytes.ts';
import type { TableRow, TextTable } from '../table.ts';

const MAX_COLUMNS = 256;
const MAX_NAME_CHARACTERS = 80;
const LOOKED_AT = 20;

export type GridRows = () => AsyncGenerator<TableRow>;

/** `heading`: null finds out. @throws 'texts-not-recognised' for a table without a row */
export async function gridTable(
  rows: GridRows,
  heading: boolean | null,
): Promise<Pick<TextTable, 'heading' | 'columns' | 'rows'>> {
  const first: TableRow[] = [];
  for await (const row of rows()) {
    first.push(row);
    if (first.length === LOOKED_AT) break;
  }
  const [top] = first;
  if (top === undefined) throw noTexts('The table is empty.');
  const named = heading ?? looksLikeHeading(first);
  const width = Math.max(...first.map(({ cells }) => cells.length));
  if (width > MAX_COLUMNS) throw invalidTexts('The table has more than 256 columns.', { row: top.row });
  const columns = Array.from({ length: width }, (_, i) => {
    const name = named ? (top.cells[i] ?? '').trim() : '';
    return name === '' ? `Column ${i + 1}` : name.slice(0, MAX_NAME_CHARACTERS);
  });
  return { heading: named, columns, rows: () => body(rows, named) };
}

async function* body(rows: GridRows, named: boolean): AsyncGenerator<TableRow> {
  let first = true;
  for await (const row of rows()) {
    if (!first || !named) yield row;
    first = false;
  }
}

/** Short, different, without a digit at its start, and shorter than what stands under it. */
function looksLikeHeading([top, ...under]: TableRow[]): boolean {
  const names = top!.cells.map((cell) => cell.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0 || new Set(filled).size !== filled.length) return false;
  if (filled.some((name) => name.length > 40 || /^[\d+\-=([{"]/.test(name) || /[.!?。！？]$/.test(name)))
    return false;
  const longest = (cells: string[]): number => Math.max(...cells.map((cell) => cell.length));
  const mean = under.reduce((sum, { cells }) => sum + longest(cells), 0) / Math.max(1, under.length);
  return under.length > 0 && longest(names) < mean;
}
