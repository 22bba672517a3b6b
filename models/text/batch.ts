/** Rows of tokens as the graph's inputs. */
import type { Tensors } from '../tensor.ts';
import type { TextSettings } from './settings.ts';
import type { TokenRow } from './tokenizer.ts';

/** One row of the graph, with the hashed runs of its text where the graph asks for them. */
export interface GraphRow extends TokenRow {
  readonly grams: readonly number[];
}

/** Rows times width: enough for the matrix products to be worth it, few enough that a cancel waits for little. */
const TOKENS_A_RUN = 512;

/** Numbers of the items, those of like width together, so that little is padded. @param rows,width of each item's rows */
export function runsByWidth(items: readonly { rows: number; width: number }[]): number[][] {
  const runs: number[][] = [];
  let rows = 0;
  for (const [i] of [...items.entries()].sort(([, a], [, b]) => a.width - b.width)) {
    const item = items[i]!;
    rows += item.rows;
    const run = runs.at(-1);
    if (run !== undefined && rows * item.width <= TOKENS_A_RUN) run.push(i);
    else {
      runs.push([i]);
      rows = item.rows;
    }
  }
  return runs;
}

/** Rows padded to the longest, with 0 (grams: -1); `mask` is 1 on tokens, `target` on the text itself. All int32, (rows, tokens). */
export function paddedInputs(rows: readonly GraphRow[], names: TextSettings['inputs']): Tensors {
  const width = Math.max(0, ...rows.map((row) => row.ids.length));
  const ones = (count: (row: GraphRow) => number) =>
    matrix(rows, width, 0, (row) => new Array<number>(count(row)).fill(1));
  const tokens = {
    [names.ids]: matrix(rows, width, 0, (row) => row.ids),
    [names.mask]: ones((row) => row.ids.length),
    [names.target]: ones((row) => row.target),
  };
  if (names.grams === undefined) return tokens;
  const most = Math.max(1, ...rows.map((row) => row.grams.length));
  return { ...tokens, [names.grams]: matrix(rows, most, -1, (row) => row.grams) };
}

function matrix(
  rows: readonly GraphRow[],
  width: number,
  filler: number,
  values: (row: GraphRow) => readonly number[],
): Tensors[string] {
  const data = new Int32Array(rows.length * width).fill(filler);
  rows.forEach((row, r) => data.set(values(row), r * width));
  return { type: 'int32', data, dims: [rows.length, width] };
}
