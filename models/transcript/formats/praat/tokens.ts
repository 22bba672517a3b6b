/**
 * Praat's text files: only free-standing numbers, quoted strings and flags mean anything, everything else is decoration ("xmin =", "intervals [1]:").
 * So the long and the short form are one (Praat manual, "TextGrid file formats").
 */
import { lineAt } from '../../file/lines.ts';
import { invalidTranscript } from '../../raw.ts';

const TOKEN = /"((?:[^"]|"")*)"(?=\s|$)|<(exists|absent)>|!.*|[^\s"]\S*|"/g;
const NUMBER = /^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;

export class PraatTokens {
  private readonly text: string;
  private readonly tokens: RegExpStringIterator<RegExpExecArray>;
  private position = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = text.matchAll(TOKEN);
  }

  /** @throws 'transcript-invalid' with the line, where something else stands or the file ends. */
  string(): string {
    const token = this.next();
    if (token[1] === undefined) throw this.invalid('a text in quotation marks should stand here');
    return token[1].replaceAll('""', '"');
  }

  number(): number {
    const token = this.next();
    if (!NUMBER.test(token[0])) throw this.invalid('a number should stand here');
    return Number(token[0]);
  }

  /** Seconds in the file. */
  milliseconds(): number {
    return Math.round(this.number() * 1000);
  }

  flag(): boolean {
    const token = this.next();
    if (token[2] === undefined) throw this.invalid('<exists> or <absent> should stand here');
    return token[2] === 'exists';
  }

  invalid(why: string): Error {
    return invalidTranscript(`The TextGrid is broken or cut: ${why}.`, {
      line: lineAt(this.text, this.position),
    });
  }

  private next(): RegExpExecArray {
    for (;;) {
      const { value, done } = this.tokens.next();
      if (done === true) {
        this.position = this.text.length;
        throw this.invalid('it ends too early');
      }
      this.position = value.index;
      if (value[0] === '"') throw this.invalid('quotation marks are opened and never closed');
      if (value[1] !== undefined || value[2] !== undefined || NUMBER.test(value[0])) return value;
    }
  }
}
