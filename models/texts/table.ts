/** What every format of texts becomes: named columns, and rows that are read one after the other. */
import type { TextUnit } from '#contract/texts/choice.ts';
import type { TextsFormat } from '#contract/texts/preview.ts';

export interface TableRow {
  cells: string[];
  /** Where it stands in the file, counted from 1. */
  row: number;
}

export interface TextTable {
  format: TextsFormat;
  /** Null for a binary format. */
  encoding: string | null;
  broken: number;
  sheets: string[];
  sheet: number | null;
  /** Null where the format itself names its columns. */
  heading: boolean | null;
  unit: TextUnit | null;
  columns: string[];
  /** A conversation by its format: what was said before belongs to what is said now. */
  chat: boolean;
  /** From the start; each call reads anew. @throws 'texts-invalid' with the row */
  rows(): AsyncGenerator<TableRow>;
}
