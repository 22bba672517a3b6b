/** What follows from the columns that are chosen. */
import { COLUMN_ROLES, type ColumnChoice, type ColumnRole, type DateOrder } from '#contract/texts/choice.ts';
import type { ColumnDates, TextsPreview } from '#contract/texts/preview.ts';

export const roleOf = (columns: ColumnChoice, index: number): ColumnRole | null =>
  COLUMN_ROLES.find((role) => columns[role] === index) ?? null;

/** A role belongs to one column; the text's always to one. */
export function withRole(columns: ColumnChoice, index: number, role: ColumnRole | null): ColumnChoice {
  const before = roleOf(columns, index);
  if (before === 'text' && role !== 'text') return columns;
  const changed = { ...columns };
  if (before !== null && before !== 'text') changed[before] = null;
  if (role !== null) changed[role] = index;
  return changed;
}

export interface Outcome {
  texts: number;
  empty: number;
  tooLong: number;
  /** Times in the chosen column that the chosen order can't read. */
  unreadable: number;
  dates: ColumnDates | null;
}

export function outcomeOf(
  { columns, rowCount }: TextsPreview,
  chosen: ColumnChoice,
  order: DateOrder,
): Outcome {
  const text = columns[chosen.text]!;
  const time = chosen.time === null ? undefined : columns[chosen.time];
  const readable = time?.dates?.readable[order] ?? 0;
  return {
    texts: text.filled - text.tooLong,
    empty: rowCount - text.filled,
    tooLong: text.tooLong,
    unreadable: time === undefined ? 0 : time.filled - readable,
    dates: time?.dates ?? null,
  };
}
