/** What one column holds, seen cell by cell. */
import { MAX_TEXT_CHARACTERS, type ColumnDates, type ColumnLook } from '#contract/texts/preview.ts';
import type { DateOrder } from '#contract/texts/choice.ts';
import { isAmbiguous, isBareNumber, parseTime } from './dates.ts';

const ORDERS: readonly DateOrder[] = ['day-first', 'month-first'];
/** Judged by its first cells whether a column holds times at all. */
const TRIED_CELLS = 100;
const LEAST_SHARE = 0.5;
const MAX_DIFFERENT = 2000;

export class ColumnSurvey {
  readonly name: string;
  private filled = 0;
  private tooLong = 0;
  private characters = 0;
  private withLetters = 0;
  private ambiguous = 0;
  private bareNumbers = 0;
  private readonly readable: Record<DateOrder, number> = { 'day-first': 0, 'month-first': 0 };
  /** How often a time comes before the one above it: exports are in order. */
  private readonly backwards: Record<DateOrder, number> = { 'day-first': 0, 'month-first': 0 };
  private readonly last: Record<DateOrder, number> = { 'day-first': 0, 'month-first': 0 };
  private readonly different = new Set<string>();

  constructor(name: string) {
    this.name = name;
  }

  add(cell: string): void {
    const text = cell.trim();
    if (text === '') return;
    this.filled++;
    this.characters += text.length;
    if (text.length > MAX_TEXT_CHARACTERS) this.tooLong++;
    if (/\p{L}{2}|\p{Script=Han}/u.test(text.slice(0, 200))) this.withLetters++;
    if (this.different.size < MAX_DIFFERENT) this.different.add(text.slice(0, 200));
    if (this.filled <= TRIED_CELLS || this.mayBeTimes()) this.addTime(text);
  }

  look(): ColumnLook {
    return { name: this.name, filled: this.filled, tooLong: this.tooLong, dates: this.dates() };
  }

  get meanCharacters(): number {
    return this.characters / Math.max(1, this.filled);
  }
  /** Of the cells with anything in them. */
  get letterShare(): number {
    return this.withLetters / Math.max(1, this.filled);
  }
  get differentValues(): number {
    return this.different.size;
  }
  get filledCells(): number {
    return this.filled;
  }

  /** Times in it stand as numbers that may count something else. */
  get isNumbers(): boolean {
    return this.bareNumbers > 0 && this.bareNumbers >= LEAST_SHARE * this.filled;
  }

  dates(): ColumnDates | null {
    if (this.filled === 0 || !this.mayBeTimes()) return null;
    const { readable, backwards } = this;
    const [day, month] = ORDERS as [DateOrder, DateOrder];
    const by = (counts: Record<DateOrder, number>): number => counts[day] - counts[month];
    const guess = by(readable) === 0 ? (by(backwards) > 0 ? month : day) : by(readable) > 0 ? day : month;
    const ambiguous = this.ambiguous > 0 && by(readable) === 0;
    return { readable: { ...readable }, ambiguous, guess };
  }

  private mayBeTimes(): boolean {
    const most = Math.max(this.readable['day-first'], this.readable['month-first']);
    return most >= LEAST_SHARE * Math.min(this.filled, TRIED_CELLS);
  }

  private addTime(text: string): void {
    if (isBareNumber(text)) this.bareNumbers++;
    if (isAmbiguous(text)) this.ambiguous++;
    for (const order of ORDERS) {
      const time = parseTime(text, order);
      if (time === null) continue;
      this.readable[order]++;
      if (time < this.last[order]) this.backwards[order]++;
      this.last[order] = time;
    }
  }
}
