/** Grouping from the bottom up: the pair that gains most by being one is joined, again and again. */

export interface GroupingRules<T> {
  join: (a: T, b: T) => T;
  /** How much is gained by taking both for one; symmetric. */
  gain: (a: T, b: T) => number;
  /** Asked before each join. */
  goOn: (gain: number, groupsLeft: number) => boolean;
}

/** All pairs are candidates; memory and time grow with the square of the items' number. */
export function agglomerate<T>(items: readonly T[], { join, gain, goOn }: GroupingRules<T>): T[] {
  const groups = [...items];
  const count = groups.length;
  const gainOf = new Float64Array(count * count).fill(-Infinity);
  const alive = groups.map((_, i) => i);
  const best = new Int32Array(count).fill(-1);
  const set = (a: number, b: number, value: number): void => {
    gainOf[a * count + b] = value;
    gainOf[b * count + a] = value;
  };
  const findBest = (a: number): void => {
    best[a] = -1;
    for (const b of alive)
      if (b !== a && (best[a] === -1 || gainOf[a * count + b]! > gainOf[a * count + best[a]]!)) best[a] = b;
  };
  for (let a = 0; a < count; a++) for (let b = 0; b < a; b++) set(a, b, gain(groups[a]!, groups[b]!));
  for (const a of alive) findBest(a);

  while (alive.length > 1) {
    let a = alive[0]!;
    for (const other of alive)
      if (gainOf[other * count + best[other]!]! > gainOf[a * count + best[a]!]!) a = other;
    const b = best[a]!;
    if (!goOn(gainOf[a * count + b]!, alive.length)) break;
    const grown = join(groups[a]!, groups[b]!);
    groups[a] = grown;
    alive.splice(alive.indexOf(b), 1);
    for (const other of alive) if (other !== a) set(a, other, gain(grown, groups[other]!));
    for (const other of alive)
      if (other === a || best[other] === a || best[other] === b) findBest(other);
      else if (gainOf[other * count + a]! > gainOf[other * count + best[other]!]!) best[other] = a;
  }
  return alive.map((i) => groups[i]!);
}

/** Only neighbours in order are candidates; time grows with the square of the items' number, memory with the number. */
export function agglomerateNeighbours<T>(items: readonly T[], { join, gain, goOn }: GroupingRules<T>): T[] {
  const groups = [...items];
  const gainWithNext = groups.slice(1).map((group, i) => gain(groups[i]!, group));
  while (gainWithNext.length > 0) {
    let at = 0;
    for (let i = 1; i < gainWithNext.length; i++) if (gainWithNext[i]! > gainWithNext[at]!) at = i;
    if (!goOn(gainWithNext[at]!, groups.length)) break;
    groups.splice(at, 2, join(groups[at]!, groups[at + 1]!));
    gainWithNext.splice(at, 1);
    for (const left of [at - 1, at])
      if (left >= 0 && left < gainWithNext.length)
        gainWithNext[left] = gain(groups[left]!, groups[left + 1]!);
  }
  return groups;
}
