/** A file of texts as it is shown before anything of it is stored. */
import { z } from 'zod';
import { columnChoice, dateOrder, textContext, textUnit } from './choice.ts';

export const TEXTS_FORMATS = ['table', 'spreadsheet', 'json', 'whatsapp', 'dialogue', 'plain'] as const;
export const textsFormat = z.enum(TEXTS_FORMATS);
export type TextsFormat = z.infer<typeof textsFormat>;

/** More than any table of comments has, and as many as a list can scroll through; a larger file is to be parted. */
export const MAX_TEXTS = 500_000;
/** A longer text is a book, and is left out. */
export const MAX_TEXT_CHARACTERS = 100_000;
/** Endings of files that can hold texts; what stands in the file decides. */
export const TEXTS_ENDINGS = [
  'csv',
  'tsv',
  'tab',
  'txt',
  'text',
  'log',
  'xlsx',
  'json',
  'jsonl',
  'ndjson',
] as const;

/** By its name alone: worth a look as texts. */
export const namesTexts = (file: string): boolean =>
  (TEXTS_ENDINGS as readonly string[]).includes(/\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? '');

const count = z.number().int().nonnegative();

/** Null for a column that holds no times. */
export const columnDates = z.object({
  /** Cells that are a time in each order. */
  readable: z.object({ 'day-first': count, 'month-first': count }),
  /** Both orders read every cell, and they disagree: only the person knows. */
  ambiguous: z.boolean(),
  guess: dateOrder,
});
export type ColumnDates = z.infer<typeof columnDates>;

export const columnLook = z.object({
  name: z.string(),
  /** Rows with anything in this column, and those with more than fits a text. */
  filled: count,
  tooLong: count,
  dates: columnDates.nullable(),
});
export type ColumnLook = z.infer<typeof columnLook>;

export const textsPreview = z.object({
  previewId: z.string(),
  name: z.string(),
  bytes: count,
  format: textsFormat,
  /** Null for a binary format. */
  encoding: z.string().nullable(),
  /** Characters that could not be read; U+FFFD stands in their place. */
  broken: count,
  /** Names of a spreadsheet's sheets. */
  sheets: z.array(z.string()),
  sheet: count.nullable(),
  /** Whether the first row names the columns; null where the format says so itself. */
  heading: z.boolean().nullable(),
  unit: textUnit.nullable(),
  columns: z.array(columnLook).min(1),
  /** The first rows, a cell a column, long cells cut. */
  rows: z.array(z.array(z.string())),
  rowCount: count,
  /** Rows with more cells than the heading names. */
  uneven: count,
  guess: z.object({ columns: columnChoice, dateOrder, context: textContext }),
});
export type TextsPreview = z.infer<typeof textsPreview>;
