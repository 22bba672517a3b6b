/** One sheet's rows, while its XML comes in. Formulas are never run: what the program that wrote the file last calculated is read. */
import type { XmlListener } from '../../../transcript/file/xml.ts';
import { invalidTexts, type Bytes } from '../../file/bytes.ts';
import type { TableRow } from '../../table.ts';
import { entries, localName, unescaped, type Workbook } from './workbook.ts';

const MAX_CELL_CHARACTERS = 1 << 20;
const MAX_COLUMNS = 16_384;
const DAY_MS = 86_400_000;
/** Serial 25569 is 1970-01-01; 1904's count begins 1462 days later. */
const UNIX_SERIAL = 25_569;
const SHIFT_1904 = 1462;

/** Rows with anything in them. @throws 'texts-invalid' with the row, and 'transcript-invalid' for a broken archive */
export async function* sheetRows(bytes: Bytes, workbook: Workbook, sheet: number): AsyncGenerator<TableRow> {
  const reader = new SheetReader(workbook);
  const entry = workbook.sheets[sheet]?.entry;
  for await (const _ of entries(bytes, (name) => (name === entry ? reader : null))) yield* reader.take();
}

class SheetReader implements XmlListener {
  private readonly workbook: Workbook;
  private done: TableRow[] = [];
  private cells: string[] = [];
  private row = 0;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private inValue = false;
  private phonetic = false;

  constructor(workbook: Workbook) {
    this.workbook = workbook;
  }

  take(): TableRow[] {
    const { done } = this;
    this.done = [];
    return done;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (localName(name)) {
      case 'row':
        this.row = Number(attributes['r'] ?? this.row + 1);
        this.cells = [];
        this.column = -1;
        break;
      case 'c':
        this.column = columnOf(attributes['r']) ?? this.column + 1;
        if (this.column >= MAX_COLUMNS)
          throw invalidTexts('A cell lies beyond the last column.', { row: this.row });
        this.type = attributes['t'] ?? 'n';
        this.style = Number(attributes['s'] ?? 0);
        this.value = '';
        break;
      case 'rPh':
        this.phonetic = true;
        break;
      case 'v':
      case 't':
        this.inValue = !this.phonetic;
        break;
    }
  }

  text(text: string): void {
    if (!this.inValue) return;
    this.value += text;
    if (this.value.length > MAX_CELL_CHARACTERS)
      throw invalidTexts('A cell of the table is longer than 1 MiB.', { row: this.row });
  }

  close(name: string): void {
    switch (localName(name)) {
      case 'v':
      case 't':
        this.inValue = false;
        break;
      case 'rPh':
        this.phonetic = false;
        break;
      case 'c': {
        const shown = this.shown();
        if (shown !== '') this.cells[this.column] = shown;
        break;
      }
      case 'row':
        if (this.cells.length > 0)
          this.done.push({
            cells: Array.from(this.cells, (cell: string | undefined) => cell ?? ''),
            row: this.row,
          });
        break;
    }
  }

  private shown(): string {
    const { value, type } = this;
    if (value === '') return '';
    if (type === 's') {
      const shared = this.workbook.strings[Number(value)];
      if (shared === undefined)
        throw invalidTexts('A cell refers to a text that is not there.', { row: this.row });
      return shared;
    }
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (type === 'e') return '';
    if (type !== 'n') return unescaped(value);
    return this.workbook.isDate[this.style] === true ? this.date(Number(value)) : value;
  }

  private date(serial: number): string {
    const days = serial + (this.workbook.from1904 ? SHIFT_1904 : 0) - UNIX_SERIAL;
    const date = new Date(Math.round(days * 86_400) * 1000);
    if (!Number.isFinite(days) || Number.isNaN(date.getTime()) || Math.abs(days) * DAY_MS > 8e15) return '';
    return date.toISOString().slice(0, 19);
  }
}

/** "BC12" is column 54. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return null;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
