/** How well single answers fit single truths. Undefined values (no item at all) are NaN. */
export interface Answered {
  readonly truth: string;
  readonly guess: string;
}

/** Share of right answers. */
export function accuracy(items: readonly Answered[]): number {
  return items.reduce((sum, { truth, guess }) => sum + (truth === guess ? 1 : 0), 0) / items.length;
}

interface Counts {
  /** Items of this class. */
  truth: number;
  /** Items answered with it. */
  guess: number;
  right: number;
}

function countsOf(items: readonly Answered[]): Counts[] {
  const counts = new Map<string, Counts>();
  const of = (label: string): Counts => {
    let own = counts.get(label);
    if (!own) counts.set(label, (own = { truth: 0, guess: 0, right: 0 }));
    return own;
  };
  for (const { truth, guess } of items) {
    const own = of(truth);
    own.truth++;
    of(guess).guess++;
    if (truth === guess) own.right++;
  }
  return [...counts.values()];
}

/** Unweighted average recall (Schuller et al. 2009): mean of the recalls of the classes that occur in the truth. */
export function unweightedAverageRecall(items: readonly Answered[]): number {
  const recalls = countsOf(items)
    .filter((c) => c.truth > 0)
    .map((c) => c.right / c.truth);
  return recalls.reduce((a, b) => a + b, 0) / recalls.length;
}

const f1 = ({ truth, guess, right }: Counts): number => (2 * right) / (truth + guess);

/** Mean F1 over the classes that occur, in the truth or in the answers. */
export function macroF1(items: readonly Answered[]): number {
  const scores = countsOf(items).map(f1);
  return scores.reduce((a, b) => a + b, 0) / scores.length;
}

/** F1 of each class weighted by how often the class occurs in the truth. */
export function weightedF1(items: readonly Answered[]): number {
  return countsOf(items).reduce((sum, c) => sum + c.truth * f1(c), 0) / items.length;
}

/** Several labels an item, true and given ones. */
export interface Labelled {
  readonly truth: readonly string[];
  readonly guess: readonly string[];
}

/** Mean F1 over the labels that occur, each label a yes-or-no question of its own. */
export function macroF1OfLabels(items: readonly Labelled[]): number {
  const counts = new Map<string, Counts>();
  const of = (label: string): Counts => {
    let own = counts.get(label);
    if (!own) counts.set(label, (own = { truth: 0, guess: 0, right: 0 }));
    return own;
  };
  for (const { truth, guess } of items) {
    for (const label of truth) of(label).truth++;
    for (const label of guess) {
      const own = of(label);
      own.guess++;
      if (truth.includes(label)) own.right++;
    }
  }
  const scores = [...counts.values()].map(f1);
  return scores.reduce((a, b) => a + b, 0) / scores.length;
}
