/** Lines of a text that comes in pieces, whichever program ended them. */
import { invalidTexts } from './bytes.ts';

const MAX_LINE_CHARACTERS = 1 << 20;

export interface Line {
  text: string;
  /** Counted from 1. */
  row: number;
}

/** 'texts-invalid' for a line of more than 1 MiB. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<Line> {
  let rest = '';
  let row = 1;
  for await (const piece of text) {
    // A return at the end may be half of a line end.
    const whole = rest + piece;
    const held = whole.endsWith('\r') ? 1 : 0;
    const parts = whole.slice(0, whole.length - held).split(/\r\n|\r|\n/);
    rest = parts.pop()! + whole.slice(whole.length - held);
    for (const part of parts) yield bounded(part, row++);
    bounded(rest, row);
  }
  rest = rest.replace(/\r$/, '');
  if (rest !== '') yield bounded(rest, row);
}

function bounded(text: string, row: number): Line {
  if (text.length > MAX_LINE_CHARACTERS) throw invalidTexts('The line is longer than 1 MiB.', { row });
  return { text, row };
}
