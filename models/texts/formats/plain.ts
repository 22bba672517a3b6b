/** Plain text: a line a text, or a paragraph where blank lines part them. */
import type { TextUnit } from '#contract/texts/choice.ts';
import { linesOf } from '../file/lines.ts';
import { invalidTexts } from '../file/bytes.ts';
import type { TextFile } from '../file/text.ts';
import type { TableRow } from '../table.ts';

export const PLAIN_COLUMNS = ['Text'];
const MAX_PARAGRAPH_CHARACTERS = 1 << 20;

/** Paragraphs where a blank line parts blocks and one of them has several lines; blank lines at the end part nothing. */
export function unitOf(head: string): TextUnit {
  const blocks = head.trim().split(/(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*/);
  return blocks.length > 1 && blocks.some((block) => /[\r\n]/.test(block)) ? 'paragraph' : 'line';
}

export async function* plainRows(file: TextFile, unit: TextUnit): AsyncGenerator<TableRow> {
  if (unit === 'line') {
    for await (const { text, row } of linesOf(file.text()))
      if (text.trim() !== '') yield { cells: [text], row };
    return;
  }
  let lines: string[] = [];
  let length = 0;
  let from = 1;
  for await (const { text, row } of linesOf(file.text())) {
    if (text.trim() === '') {
      if (lines.length > 0) yield { cells: [lines.join('\n')], row: from };
      lines = [];
      length = 0;
      continue;
    }
    if (lines.length === 0) from = row;
    lines.push(text);
    length += text.length;
    if (length > MAX_PARAGRAPH_CHARACTERS)
      throw invalidTexts('The paragraph is longer than 1 MiB.', { row: from });
  }
  if (lines.length > 0) yield { cells: [lines.join('\n')], row: from };
}
