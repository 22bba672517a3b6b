/** Reads a pyramid into one min/max pair a pixel column: the only thing a far view of a series has to draw. */
import type { Milliseconds } from '#contract/units.ts';
import { levelFor, type MinMaxPyramid } from './minmax.ts';
import { spanOf, type TimeView } from './scale.ts';

/** Reused between frames, so that drawing allocates nothing. */
export class Columns {
  min = new Float32Array(0);
  max = new Float32Array(0);
  length = 0;

  /** Fills `length` columns; NaN where nothing is known. */
  read(pyramid: MinMaxPyramid, stepMs: Milliseconds, view: TimeView, widthPx: number): this {
    const width = Math.max(1, Math.ceil(widthPx));
    if (this.min.length < width) {
      this.min = new Float32Array(width);
      this.max = new Float32Array(width);
    }
    this.length = width;
    const msPerPx = spanOf(view) / widthPx;
    const level = levelFor(pyramid, msPerPx / stepMs);
    const cellMs = level.factor * stepMs;
    const cells = level.min.length;
    for (let x = 0; x < width; x++) {
      const from = Math.floor((view.startMs + x * msPerPx) / cellMs);
      const to = Math.min(cells, Math.max(from + 1, Math.floor((view.startMs + (x + 1) * msPerPx) / cellMs)));
      let low = NaN;
      let high = NaN;
      for (let i = Math.max(0, from); i < to; i++) {
        const a = level.min[i]!;
        const b = level.max[i]!;
        if (a < low || Number.isNaN(low)) low = a;
        if (b > high || Number.isNaN(high)) high = b;
      }
      this.min[x] = low;
      this.max[x] = high;
    }
    return this;
  }
}
