/** Heights of rows that were drawn once: they outlive an edit, so that only what changed is guessed anew and the list doesn't jump. */
import { estimatedHeight, type TranscriptItem } from './rows.ts';

export class MeasuredRows {
  readonly #byId = new Map<string, { px: number; letters: number }>();

  note(row: TranscriptItem, px: number): void {
    this.#byId.set(row.id, { px, letters: lettersOf(row) });
  }

  /** As it was measured, unless its words are others; else a guess for lines of about `perLine` characters. */
  heightOf(row: TranscriptItem, perLine: number): number {
    const known = this.#byId.get(row.id);
    return known?.letters === lettersOf(row) ? known.px : estimatedHeight(row, perLine);
  }
}

const lettersOf = (row: TranscriptItem): number => (row.kind === 'event' ? 0 : row.utterance.text.length);
