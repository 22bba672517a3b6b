/** Grouping from the bottom up: the pair that gains most by being one is joined, again and again. */

/** What is left when no further pair is joined: the members of each group, as indices of the items. */
export interface Grouping<T> {
  groups: { item: T; members: number[] }[];
  /** Gain of each join, in order. */
  gains: number[];
}

export interface GroupingRules<T> {
  join: (a: T, b: T) => T;
  /** How much is gained by taking both for one; symmetric. */
  gain: (a: T, b: T) => number;
  /** Asked before each join. */
  goOn: (gain: number, groupsLeft: number) => boolean;
}

/** All pairs are candidates; memory grows with the square of the items' number. */
export function agglomerate<T>(items: readonly T[], { join, gain, goOn }: GroupingRules<T>): Grouping<T> {
  const groups = items.map((item, i) => ({ item, members: [i] }));
  const count = items.length;
  const gainOf = new Float64Array(count * count).fill(-Infinity);
  const alive = Array.from({ length: count }, (_, i) => i);
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
  for (let a = 0; a < count; a++)
    for (let b = 0; b < a; b++) set(a, b, gain(groups[a]!.item, groups[b]!.item));
  for (const a of alive) findBest(a);

  const gains: number[] = [];
  while (alive.length > 1) {
    let a = alive[0]!;
    for (const other of alive)
      if (gainOf[other * count + best[other]!]! > gainOf[a * count + best[a]!]!) a = other;
    const b = best[a]!;
    const gained = gainOf[a * count + b]!;
    if (!goOn(gained, alive.length)) break;
    gains.push(gained);
    groups[a] = {
      item: join(groups[a]!.item, groups[b]!.item),
      members: [...groups[a]!.members, ...groups[b]!.members],
    };
    alive.splice(alive.indexOf(b), 1);
    for (const other of alive)
      if (other !== a) set(a, other, gain(groups[a].item, groups[other]!.item));
    for (const other of alive)
      if (other === a || best[other] === a || best[other] === b) findBest(other);
      else if (gainOf[other * count + a]! > gainOf[other * count + best[other]!]!) best[other] = a;
  }
  return { groups: alive.map((i) => groups[i]!), gains };
}

/** Only neighbours in order are candidates: memory and time grow with the items' number. */
export function agglomerateNeighbours<T>(
  items: readonly T[],
  { join, gain, goOn }: GroupingRules<T>,
): Grouping<T> {
  const groups = items.map((item, i) => ({ item, members: [i] }));
  const gainWithNext = groups.slice(1).map((group, i) => gain(groups[i]!.item, group.item));
  const gains: number[] = [];
  while (gainWithNext.length > 0) {
    let at = 0;
    for (let i = 1; i < gainWithNext.length; i++) if (gainWithNext[i]! > gainWithNext[at]!) at = i;
    const gained = gainWithNext[at]!;
    if (!goOn(gained, groups.length)) break;
    gains.push(gained);
    const [a, b] = [groups[at]!, groups[at + 1]!];
    groups.splice(at, 2, { item: join(a.item, b.item), members: [...a.members, ...b.members] });
    gainWithNext.splice(at, 1);
    for (const left of [at - 1, at])
      if (left >= 0 && left < gainWithNext.length)
        gainWithNext[left] = gain(groups[left]!.item, groups[left + 1]!.item);
  }
  return { groups, gains };
}
