/** A table looked through once, from its first row to its last, before anything of it is stored. */
import type { TextsPreview } from '#contract/texts/preview.ts';
import { MAX_TEXTS } from '#contract/texts/preview.ts';
import { invalidTexts, noTexts } from '../file/bytes.ts';
import type { TextTable } from '../table.ts';
import { ColumnSurvey } from './column-survey.ts';
import { guessColumns } from './guess.ts';

const SHOWN_ROWS = 30;
const SHOWN_CHARACTERS = 300;

export type Survey = Pick<TextsPreview, 'columns' | 'rows' | 'rowCount' | 'uneven' | 'guess'>;

/** @throws 'texts-not-recognised' without a row, 'texts-invalid' for a broken file and beyond 500,000 rows */
export async function survey(
  table: TextTable,
  onRow: (count: number) => void = () => undefined,
): Promise<Survey> {
  const columns = table.columns.map((name) => new ColumnSurvey(name));
  const rows: string[][] = [];
  let rowCount = 0;
  let uneven = 0;
  for await (const { cells, row } of table.rows()) {
    if (++rowCount > MAX_TEXTS)
      throw invalidTexts('The table has more than 500,000 rows: part it into several files.', { row });
    if (cells.length > columns.length) uneven++;
    columns.forEach((column, i) => column.add(cells[i] ?? ''));
    if (rows.length < SHOWN_ROWS)
      rows.push(columns.map((_, i) => (cells[i] ?? '').slice(0, SHOWN_CHARACTERS)));
    onRow(rowCount);
  }
  if (rowCount === 0) throw noTexts('The file has no row of texts.');
  const { dateOrder, ...guess } = guessColumns(columns);
  return {
    columns: columns.map((column) => column.look()),
    ...{ rows, rowCount, uneven },
    guess: { columns: guess, dateOrder, context: table.chat ? 'conversation' : 'alone' },
  };
}
