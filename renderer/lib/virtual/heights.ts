/** Where the rows of a long list lie when each has its own height: estimated until it was measured. */
export class RowHeights {
  readonly #heights: Float64Array;
  /** #tops[i] is the top of row i; the last entry is the height of the whole. */
  readonly #tops: Float64Array;
  #validTo = 0;

  constructor(estimates: ArrayLike<number>) {
    this.#heights = Float64Array.from(estimates);
    this.#tops = new Float64Array(estimates.length + 1);
  }

  get count(): number {
    return this.#heights.length;
  }

  /** True when the height differs from what was known. */
  measure(row: number, height: number): boolean {
    if (Math.abs((this.#heights[row] ?? height) - height) < 0.5) return false;
    this.#heights[row] = height;
    this.#validTo = Math.min(this.#validTo, row);
    return true;
  }

  top(row: number): number {
    for (let i = this.#validTo; i < row; i++) this.#tops[i + 1] = this.#tops[i]! + this.#heights[i]!;
    this.#validTo = Math.max(this.#validTo, row);
    return this.#tops[row]!;
  }

  get total(): number {
    return this.top(this.count);
  }

  height(row: number): number {
    return this.#heights[row] ?? 0;
  }

  /** The row at a height; the nearest one outside. */
  rowAt(y: number): number {
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Half-open range of rows that touch the window, with `extra` rows on either side. */
  visible(fromY: number, toY: number, extra = 4): [number, number] {
    return [Math.max(0, this.rowAt(fromY) - extra), Math.min(this.count, this.rowAt(toY) + 1 + extra)];
  }
}
