/** Finding what lies at a time: binary search over sorted spans, and over a column of a fixed grid. */
import type { Milliseconds } from '#contract/units.ts';

/** Spans sorted by start; they may touch, and may overlap where two people talk at once. */
export interface SortedSpans {
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
}

/** Index of the last span that starts at or before `timeMs`; -1 before the first. */
export function lastStartingBy(starts: ArrayLike<number>, timeMs: Milliseconds): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the span that holds `timeMs` (the latest to start, when several do); -1 when none does. */
export function spanAt(spans: SortedSpans, timeMs: Milliseconds): number {
  for (let i = lastStartingBy(spans.startMs, timeMs), tries = 0; i >= 0 && tries < 32; i--, tries++)
    if (timeMs < spans.endMs[i]!) return i;
  return -1;
}

/** Half-open range of span indices that touch the view. `longestMs` is the longest span there is. */
export function visibleRange(
  spans: SortedSpans,
  fromMs: Milliseconds,
  toMs: Milliseconds,
  longestMs: Milliseconds,
): [number, number] {
  const first = Math.max(0, lastStartingBy(spans.startMs, fromMs - longestMs));
  return [first, lastStartingBy(spans.startMs, toMs) + 1];
}

/** Entry of a grid column at a time; NaN outside it or where nothing is known. */
export function gridAt(column: ArrayLike<number>, stepMs: Milliseconds, timeMs: Milliseconds): number {
  return column[Math.floor(timeMs / stepMs)] ?? NaN;
}
