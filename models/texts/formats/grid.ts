/** Rows of cells as a table with named columns: of a CSV file or a spreadsheet's sheet. */
import { invalidTexts, noTexts } from '../file/bytes.ts';
import type { TableRow, TextTable } from '../table.ts';
import { headingAt } from './heading.ts';

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
  const at = headingAt(first, heading);
  const width = Math.max(...first.slice(at ?? 0).map(({ cells }) => cells.length));
  if (width > MAX_COLUMNS) throw invalidTexts('The table has more than 256 columns.', { row: top.row });
  const columns = Array.from({ length: width }, (_, i) => {
    const name = at === null ? '' : (first[at]!.cells[i] ?? '').replaceAll(/\s+/g, ' ').trim();
    return name === '' ? `Column ${i + 1}` : name.slice(0, MAX_NAME_CHARACTERS);
  });
  return { heading: at !== null, columns, rows: () => after(rows, at === null ? 0 : at + 1) };
}

async function* after(rows: GridRows, above: number): AsyncGenerator<TableRow> {
  let at = 0;
  for await (const row of rows()) if (at++ >= above) yield row;
}
