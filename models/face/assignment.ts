/**
 * The cheapest way to give every row at most one column (Hungarian method by shortest augmenting paths, Jonker and Volgenant 1987).
 * `cost[row][column]`, all rows equally long; Infinity marks a pair that must not be. Returns each row's column, or -1.
 */
export function assign(cost: readonly (readonly number[])[]): number[] {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  const size = Math.max(rows, columns);
  if (rows === 0 || columns === 0) return cost.map(() => -1);
  const finite = cost.flat().filter(Number.isFinite);
  // Dearer than any set of allowed pairs, so that as many allowed pairs as possible are made.
  const forbidden = (Math.max(1, ...finite.map(Math.abs)) + 1) * size * 2;
  const at = (row: number, column: number): number => {
    const value = cost[row]?.[column];
    return value === undefined ? forbidden / 2 : Number.isFinite(value) ? value : forbidden;
  };
  const rowOf = solve(size, at);
  const columnOf = cost.map(() => -1);
  rowOf.forEach((row, column) => {
    if (row < rows && column < columns && Number.isFinite(cost[row]![column]!)) columnOf[row] = column;
  });
  return columnOf;
}

/** Square problem; returns the row of every column. Rows and columns count from 1 inside, 0 is the free place. */
function solve(size: number, at: (row: number, column: number) => number): number[] {
  const rowPrice = new Float64Array(size + 1);
  const columnPrice = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  const previous = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row;
    let column = 0;
    const slack = new Float64Array(size + 1).fill(Infinity);
    const used = new Uint8Array(size + 1);
    do {
      used[column] = 1;
      const current = rowOf[column]!;
      let step = Infinity;
      let next = 0;
      for (let j = 1; j <= size; j++) {
        if (used[j]) continue;
        const reduced = at(current - 1, j - 1) - rowPrice[current]! - columnPrice[j]!;
        if (reduced < slack[j]!) {
          slack[j] = reduced;
          previous[j] = column;
        }
        if (slack[j]! < step) {
          step = slack[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= size; j++)
        if (used[j]) {
          rowPrice[rowOf[j]!]! += step;
          columnPrice[j]! -= step;
        } else slack[j]! -= step;
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      rowOf[column] = rowOf[previous[column]!]!;
      column = previous[column]!;
    }
  }
  return Array.from(rowOf.subarray(1), (row) => row - 1);
}
