/** Which of a table's first rows names its columns, if one does. Programs write titles above it, and surveys whole questions into it. */
import { namesARole } from '../look/column-names.ts';
import { parseTime } from '../look/dates.ts';
import type { TableRow } from '../table.ts';

const MAX_TITLE_ROWS = 5;
const MAX_LABEL_CHARACTERS = 40;

/** Its place among the rows; `told` is what the person says. Null: every row holds texts. */
export function headingAt(rows: readonly TableRow[], told: boolean | null): number | null {
  if (told === false) return null;
  const cells = rows.map((row) => row.cells.map((cell) => cell.trim()));
  const titles = titleRows(cells);
  if (titles > 0 && namesColumns(cells.slice(titles))) return titles;
  return told === true || namesColumns(cells) || looksLikeLabels(cells) ? 0 : null;
}

const filledIn = (cells: readonly string[]): string[] => cells.filter((cell) => cell !== '');

/** A single cell each, above rows with more. */
function titleRows(rows: readonly string[][]): number {
  const first = rows.findIndex((cells) => filledIn(cells).length > 1);
  return first <= MAX_TITLE_ROWS ? Math.max(0, first) : 0;
}

/** Told by what stands under it, or by names that only columns have. */
function namesColumns([top = [], ...under]: readonly string[][]): boolean {
  const names = filledIn(top);
  if (names.length === 0 || under.length === 0 || names.some(isFigure)) return false;
  if (top.some((name, i) => /\p{L}{3}/u.test(name) && holdsFigures(under, i))) return true;
  const recurs = top.some((name, i) => name !== '' && under.some((cells) => cells[i] === name));
  if (!recurs && names.some(namesARole)) return true;
  const questions = (cells: readonly string[]): number => cells.filter((cell) => /[?？]$/.test(cell)).length;
  const said = under.flatMap(filledIn);
  return names.length > 1 && questions(names) === names.length && questions(said) < said.length / 2;
}

const isFigure = (cell: string): boolean =>
  /^[+-]?\d[\d.,]*\s?%?$/.test(cell) ||
  parseTime(cell, 'day-first') !== null ||
  parseTime(cell, 'month-first') !== null;

function holdsFigures(rows: readonly string[][], column: number): boolean {
  const filled = filledIn(rows.map((cells) => cells[column] ?? ''));
  return filled.length > 0 && filled.filter(isFigure).length >= filled.length / 2;
}

/** Short, different, without a digit at its start, and shorter than what stands under it. */
function looksLikeLabels([top = [], ...under]: readonly string[][]): boolean {
  const names = filledIn(top);
  if (names.length === 0 || under.length === 0 || new Set(names).size !== names.length) return false;
  if (names.some((name) => name.length > MAX_LABEL_CHARACTERS || /^[\d+\-=([{"]|[.!?。！？]$/.test(name)))
    return false;
  const longest = (cells: readonly string[]): number => Math.max(...cells.map((cell) => cell.length));
  return longest(names) < under.reduce((sum, cells) => sum + longest(cells), 0) / under.length;
}
