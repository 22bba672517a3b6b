/** Heights of rows that were drawn once: they outlive an edit, so that only what changed is guessed anew and the list doesn't jump. */
import { estimatedHeight, type TranscriptItem } from './rows.ts';

export class MeasuredRows {
  readonly #byId = new Map<string, { px: number; letters: number }>();

  note(row: TranscriptItem, px: number): void {
    this.#byId.set(row.id, { px, letters: lettersOf(row) });
  }

  /**
   * As it was measured, unless its words are others; else a guess for lines of about `perLine` characters. A row that is drawn is told
   * again when its size changes and only then: until that, it is as high as it was whatever its words are.
   */
  heightOf(row: TranscriptItem, perLine: number, drawn: boolean): number {
    const known = this.#byId.get(row.id);
    if (drawn && known) this.note(row, known.px);
    else if (known?.letters !== lettersOf(row)) return estimatedHeight(row, perLine);
    return known.px;
  }
}

const lettersOf = (row: TranscriptItem): number => (row.kind === 'event' ? 0 : row.utterance.text.length);
