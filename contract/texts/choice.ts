/** What a person chooses before a file of texts is brought in: which column is what, and how it is to be read. */
import { z } from 'zod';

export const COLUMN_ROLES = ['text', 'time', 'author', 'topic'] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

const column = z.number().int().nonnegative().max(4095);
/** Places of columns, counted from 0. */
export const columnChoice = z.object({
  text: column,
  time: column.nullable(),
  author: column.nullable(),
  topic: column.nullable(),
});
export type ColumnChoice = z.infer<typeof columnChoice>;

/** What 03/04/2025 is: the third of April, or the fourth of March. */
export const dateOrder = z.enum(['day-first', 'month-first']);
export type DateOrder = z.infer<typeof dateOrder>;

/** `conversation`: up to six earlier texts of the same chat (the same topic, where there is a topic column) are read with each text. */
export const textContext = z.enum(['alone', 'conversation']);
export type TextContext = z.infer<typeof textContext>;

/** What one text of a plain text file is. */
export const textUnit = z.enum(['line', 'paragraph']);
export type TextUnit = z.infer<typeof textUnit>;

/** How the file is taken apart; null: as it was found out. */
export const takenAs = z.object({
  sheet: z.number().int().nonnegative().max(1000).nullable(),
  heading: z.boolean().nullable(),
  unit: textUnit.nullable(),
});
export type TakenAs = z.infer<typeof takenAs>;
export const AS_FOUND: TakenAs = { sheet: null, heading: null, unit: null };

export const textsChoice = z.object({
  title: z.string().trim().min(1).max(200),
  columns: columnChoice,
  dateOrder,
  context: textContext,
});
export type TextsChoice = z.infer<typeof textsChoice>;
