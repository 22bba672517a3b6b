/** A grid finer than the regions: windows that overlap, and what each cell has of the windows over it. */
import type { Box } from '../../face/frame.ts';
import type { Effect } from '#contract/explanation/explanation.ts';
import { weightedSum } from '../effect.ts';

/** Cells a side. */
export const GRID = 6;
/** Cells a side of a window; a smaller one leaves a net enough to guess what is under it. */
const WINDOW = 2;
const PLACES = GRID - WINDOW + 1;

/** The windows in fractions of the crop, rows from the top. */
export const gridWindows = (): Box[] =>
  Array.from({ length: PLACES * PLACES }, (_, i) => ({
    x: (i % PLACES) / GRID,
    y: Math.floor(i / PLACES) / GRID,
    width: WINDOW / GRID,
    height: WINDOW / GRID,
  }));

export const cellBox = (cell: number): Box => ({
  x: (cell % GRID) / GRID,
  y: Math.floor(cell / GRID) / GRID,
  width: 1 / GRID,
  height: 1 / GRID,
});

/** Effects of the cells, rows from the top, from those of gridWindows: the mean of the windows over a cell, shared among their cells. */
export function cellEffects(windows: readonly Effect[]): Effect[] {
  return Array.from({ length: GRID * GRID }, (_, cell) => {
    const [column, row] = [cell % GRID, Math.floor(cell / GRID)];
    const over = windows.filter((_effect, i) => {
      const [x, y] = [i % PLACES, Math.floor(i / PLACES)];
      return column >= x && column < x + WINDOW && row >= y && row < y + WINDOW;
    });
    return weightedSum(
      over,
      over.map(() => 1 / (over.length * WINDOW * WINDOW)),
    );
  });
}
