/** Rows of a CSV file (RFC 4180, and what spreadsheets make of it), piece by piece. Nothing in a cell is ever executed. */
import type { AttuneError } from '#contract/errors.ts';
import { invalidTranscript } from '../raw.ts';

const MAX_CELL_LENGTH = 1 << 20;
const MAX_CELLS = 4096;
const FORMULA = /^'*[=+\-@\t\r]/;

export type Delimiter = ',' | ';' | '\t';

export interface CsvRow {
  cells: string[];
  /** Of its first cell, counted from 1. */
  line: number;
}

/** Give it the text in pieces; rows come out as they are whole. */
export class CsvReader {
  private readonly delimiter: Delimiter;
  private row: string[] = [];
  private cell = '';
  private state: 'start' | 'plain' | 'quoted' | 'quote-in-quoted' = 'start';
  private line = 1;
  private rowLine = 1;
  /** Where the quotation marks were opened. */
  private quoteLine = 1;
  /** Cells of the first row; 0 before its end. */
  private width = 0;
  private afterReturn = false;

  constructor(delimiter: Delimiter) {
    this.delimiter = delimiter;
  }

  /** 'transcript-invalid' with the line for a cell or a row beyond any table. */
  push(text: string): CsvRow[] {
    const rows: CsvRow[] = [];
    for (const character of text) {
      if (character === '\n' && this.afterReturn) {
        this.afterReturn = false;
        if (this.state === 'quoted') this.cell += character;
        continue;
      }
      this.afterReturn = character === '\r';
      const ends = character === '\n' || character === '\r';
      if (ends) this.line++;
      if (this.state === 'quoted') {
        if (character === '"') this.state = 'quote-in-quoted';
        else if (this.cell.length < MAX_CELL_LENGTH) this.add(character);
        else {
          for (const row of this.readAgain(this.tooLong())) rows.push(row);
          for (const row of this.push(character)) rows.push(row);
        }
      } else if (ends) {
        this.endCell();
        this.endRow(rows);
      } else if (character === this.delimiter) this.endCell();
      else if (character === '"' && this.state !== 'plain') {
        // A doubled mark within quotation marks is one; at a cell's start it opens them.
        if (this.state === 'quote-in-quoted') this.add(character);
        else this.quoteLine = this.line;
        this.state = 'quoted';
      } else {
        this.add(character);
        this.state = 'plain';
      }
    }
    return rows;
  }

  /** The last row, where the file doesn't end with a line end. 'transcript-invalid' when it is cut within quotation marks. */
  finish(): CsvRow[] {
    const cut = invalidTranscript(
      'Quotation marks are opened and never closed: the table is broken or cut.',
      {
        line: this.rowLine,
      },
    );
    const open = this.state === 'quoted';
    const rows = open ? this.readAgain(cut) : [];
    if (this.row.length > 0 || this.cell !== '') {
      this.endCell();
      this.endRow(rows);
    }
    if (open && !this.fit(rows)) throw cut;
    return rows;
  }

  /** Quotation marks that nothing closes are words: what came after them is read again, and has to be whole rows. */
  private readAgain(otherwise: AttuneError): CsvRow[] {
    const after = this.cell.replaceAll('"', '""');
    this.cell = '"';
    this.state = 'plain';
    this.line = this.quoteLine;
    this.afterReturn = false;
    const rows = /[\r\n]/.test(after) ? this.push(after) : [];
    if (rows.length === 0 || !this.fit(rows)) throw otherwise;
    return rows;
  }

  private fit(rows: readonly CsvRow[]): boolean {
    return rows.every(({ cells }) => cells.length === this.width);
  }

  private add(character: string): void {
    this.cell += character;
    if (this.cell.length > MAX_CELL_LENGTH) throw this.tooLong();
  }

  private tooLong(): AttuneError {
    return invalidTranscript('A cell of the table is longer than 1 MiB.', { line: this.rowLine });
  }

  private endCell(): void {
    this.row.push(this.cell);
    this.cell = '';
    this.state = 'start';
    if (this.row.length > MAX_CELLS)
      throw invalidTranscript('A row of the table has more than 4,096 cells.', { line: this.rowLine });
  }

  private endRow(rows: CsvRow[]): void {
    this.width ||= this.row.length;
    if (this.row.some((cell) => cell !== '')) rows.push({ cells: this.row, line: this.rowLine });
    this.row = [];
    this.rowLine = this.line;
  }
}

/** The mark that parts the first line into most cells. */
export function delimiterOf(text: string): Delimiter {
  const line = (/^[^\r\n]*/.exec(text.slice(0, 1 << 16))?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = ([',', ';', '\t'] as const).map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it; `fromCell` takes it away again. */
export function toCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const fromCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
