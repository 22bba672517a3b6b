/**
 * Praat's text files: only free-standing numbers, quoted strings and flags mean anything, everything else is decoration ("xmin =", "intervals [1]:").
 * So the long and the short form are one (Praat manual, "TextGrid file formats").
 */
import { lineAt } from '../../file/lines.ts';
import { invalidTranscript } from '../../raw.ts';

const NUMBER = /^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;

type Token = { kind: 'string' | 'number' | 'flag'; text: string };

export class PraatTokens {
  private readonly text: string;
  private next = 0;
  /** Where the latest token begins. */
  private start = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** @throws 'transcript-invalid' with the line, where something else stands or the file ends. */
  string(): string {
    return this.token('string', 'a text in quotation marks should stand here');
  }

  number(): number {
    return Number(this.token('number', 'a number should stand here'));
  }

  /** Seconds in the file. */
  milliseconds(): number {
    return Math.round(this.number() * 1000);
  }

  flag(): boolean {
    return this.token('flag', '<exists> or <absent> should stand here') === '<exists>';
  }

  invalid(why: string): Error {
    return invalidTranscript(`The TextGrid is broken or cut: ${why}.`, {
      line: lineAt(this.text, this.start),
    });
  }

  private token(kind: Token['kind'], otherwise: string): string {
    for (;;) {
      const token = this.read();
      if (token === null) continue;
      if (token.kind !== kind) throw this.invalid(otherwise);
      return token.text;
    }
  }

  /** Null for decoration. By hand: a regular expression would keep a way back for every character of a long text. */
  private read(): Token | null {
    const { text } = this;
    while (/\s/.test(text[this.next] ?? '')) this.next++;
    this.start = this.next;
    if (this.next >= text.length) throw this.invalid('it ends too early');
    if (text[this.next] === '"') return { kind: 'string', text: this.quoted() };
    if (text[this.next] === '!') {
      const end = text.indexOf('\n', this.next);
      this.next = end === -1 ? text.length : end;
      return null;
    }
    while (this.next < text.length && !/\s/.test(text[this.next]!)) this.next++;
    const word = text.slice(this.start, this.next);
    if (NUMBER.test(word)) return { kind: 'number', text: word };
    return word === '<exists>' || word === '<absent>' ? { kind: 'flag', text: word } : null;
  }

  /** From the opening mark to the closing one; a doubled mark within is one. */
  private quoted(): string {
    const from = this.next + 1;
    for (let at = this.text.indexOf('"', from); at !== -1; at = this.text.indexOf('"', at + 2)) {
      if (this.text[at + 1] === '"') continue;
      this.next = at + 1;
      return this.text.slice(from, at).replaceAll('""', '"');
    }
    throw this.invalid('quotation marks are opened and never closed');
  }
}
