import { argmax } from '#contract/emotion/categories.ts';

type Rows = readonly (readonly number[])[];

export function accuracy(rows: Rows, labels: readonly number[]): number {
  return rows.filter((row, i) => argmax(row) === labels[i]).length / rows.length;
}

/** Mean of the classes' recalls, over the classes that occur (unweighted average recall). */
export function macroRecall(rows: Rows, labels: readonly number[]): number {
  const counts = new Map<number, { all: number; right: number }>();
  labels.forEach((label, i) => {
    const count = counts.get(label) ?? { all: 0, right: 0 };
    count.all++;
    if (argmax(rows[i]!) === label) count.right++;
    counts.set(label, count);
  });
  return [...counts.values()].reduce((sum, { all, right }) => sum + right / all, 0) / counts.size;
}

/** Expected calibration error of the top class, 15 bins of equal width (Guo et al. 2017). */
export function calibrationError(rows: Rows, labels: readonly number[], bins = 15): number {
  const sums = Array.from({ length: bins }, () => ({ sure: 0, right: 0 }));
  rows.forEach((row, i) => {
    const top = argmax(row);
    const bin = sums[Math.min(bins - 1, Math.floor(row[top]! * bins))]!;
    bin.sure += row[top]!;
    bin.right += top === labels[i] ? 1 : 0;
  });
  return sums.reduce((sum, bin) => sum + Math.abs(bin.sure - bin.right), 0) / rows.length;
}

/** How well a guess with its stated spread fits: error, correlation, and the error in units of the spread (1: honest). */
export function rootMeanSquare(guess: readonly number[], truth: readonly number[], sd: readonly number[]) {
  const mean = (values: readonly number[]): number => values.reduce((s, v) => s + v, 0) / values.length;
  const a = mean(guess);
  const b = mean(truth);
  const covariance = mean(guess.map((g, i) => (g - a) * (truth[i]! - b)));
  const spread = Math.sqrt(mean(guess.map((g) => (g - a) ** 2)) * mean(truth.map((t) => (t - b) ** 2)));
  return {
    n: guess.length,
    bias: a - b,
    error: Math.sqrt(mean(guess.map((g, i) => (g - truth[i]!) ** 2))),
    correlation: covariance / spread,
    errorInSds: Math.sqrt(mean(guess.map((g, i) => ((g - truth[i]!) / sd[i]!) ** 2))),
  };
}

/** 95 % interval of a score over 400 bootstrap samples of the rows, from a fixed seed. */
export function interval(
  scoreOf: (rows: Rows, labels: readonly number[]) => number,
  rows: Rows,
  labels: readonly number[],
  samples = 400,
): [number, number] {
  const random = seeded(29);
  const scores = Array.from({ length: samples }, () => {
    const drawn = rows.map(() => Math.floor(random() * rows.length));
    return scoreOf(
      drawn.map((i) => rows[i]!),
      drawn.map((i) => labels[i]!),
    );
  }).sort((a, b) => a - b);
  return [scores[Math.floor(0.025 * samples)]!, scores[Math.floor(0.975 * samples)]!];
}

/** Mulberry32. */
function seeded(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
