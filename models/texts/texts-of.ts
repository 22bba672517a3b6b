/** A table's rows as texts, by what a person chose. */
import type { TextsChoice } from '#contract/texts/choice.ts';
import { EMPTY_LEFT_OUT, type LeftOut } from '#contract/texts/collection.ts';
import { MAX_TEXT_CHARACTERS } from '#contract/texts/preview.ts';
import { parseTime } from './look/dates.ts';
import type { TextTable } from './table.ts';

export interface FoundText {
  /** Counted from 1. */
  fileRow: number;
  timeMs: number | null;
  author: string | null;
  topic: string | null;
  text: string;
}

const MAX_NAME_CHARACTERS = 200;

/** `leftOut` counts while the texts are asked for. */
export function textsOf(
  table: TextTable,
  { columns, dateOrder }: Pick<TextsChoice, 'columns' | 'dateOrder'>,
): { texts: AsyncGenerator<FoundText>; leftOut: LeftOut } {
  const leftOut = { ...EMPTY_LEFT_OUT };
  async function* texts(): AsyncGenerator<FoundText> {
    for await (const { cells, row } of table.rows()) {
      const cell = (column: number | null): string => (column === null ? '' : (cells[column] ?? '').trim());
      const name = (column: number | null): string | null =>
        cell(column).replaceAll(/\s+/g, ' ').slice(0, MAX_NAME_CHARACTERS) || null;
      const text = cell(columns.text);
      if (text === '') leftOut.empty++;
      else if (text.length > MAX_TEXT_CHARACTERS) leftOut.tooLong++;
      else {
        const written = cell(columns.time);
        const timeMs = written === '' ? null : parseTime(written, dateOrder);
        if (written !== '' && timeMs === null) leftOut.timesUnreadable++;
        yield { fileRow: row, timeMs, author: name(columns.author), topic: name(columns.topic), text };
      }
    }
  }
  return { texts: texts(), leftOut };
}
