/** Which words became which: the cheapest way from one list of words to another. */

/** `from` null: put in; `to` null: left out; both: kept or replaced. */
export interface Edit {
  readonly from: string | null;
  readonly to: string | null;
}

/** Levenshtein's alignment, every edit costing 1. */
export function alignWords(from: readonly string[], to: readonly string[]): Edit[] {
  const cost = distances(from, to);
  const edits: Edit[] = [];
  let [i, j] = [from.length, to.length];
  while (i > 0 || j > 0) {
    const here = cost[i]![j]!;
    const same = i > 0 && j > 0 && from[i - 1] === to[j - 1];
    if (i > 0 && j > 0 && here === cost[i - 1]![j - 1]! + (same ? 0 : 1))
      edits.push({ from: from[--i]!, to: to[--j]! });
    else if (i > 0 && here === cost[i - 1]![j]! + 1) edits.push({ from: from[--i]!, to: null });
    else edits.push({ from: null, to: to[--j]! });
  }
  return edits.reverse();
}

export const editDistance = (a: string, b: string): number =>
  distances(Array.from(a), Array.from(b))[a.length]![b.length]!;

function distances(a: readonly string[], b: readonly string[]): number[][] {
  const cost = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(
        Math.min(
          cost[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
          cost[i - 1]![j]! + 1,
          row[j - 1]! + 1,
        ),
      );
    cost.push(row);
  }
  return cost;
}
