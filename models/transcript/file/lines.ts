/** Lines of a text, whichever program ended them. */
import { invalidTranscript } from '../raw.ts';

const MAX_LINE_LENGTH = 1 << 20;

/** In order, without their ends. 'transcript-invalid' for a line of more than 1 MiB. */
export function* eachLine(text: string): Generator<string> {
  const ends = /\r\n|\r|\n/g;
  let start = 0;
  let line = 1;
  while (start <= text.length) {
    const end = ends.exec(text);
    const stop = end?.index ?? text.length;
    if (stop - start > MAX_LINE_LENGTH)
      throw invalidTranscript('This line of the transcript is longer than 1 MiB.', { line });
    yield text.slice(start, stop);
    if (end === null) return;
    start = ends.lastIndex;
    line++;
  }
}

/** Counted from 1. */
export function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
