/** Dominant-category pyramid: which category fills most of a cell, how sure on average, and how much of the cell is known. */

/** Codes beside 0..6 (CATEGORIES). */
export const NOT_SURE = 7;
export const UNKNOWN = 255;
const BINS = 8;
const FOLD = 4;

export interface DominantLevel {
  /** Base cells in one cell. */
  readonly factor: number;
  /** 0..6, NOT_SURE or UNKNOWN. */
  readonly top: Uint8Array;
  /** Mean confidence of the dominant category's part, 0..1. */
  readonly confidence: Float32Array;
}
export type DominantPyramid = readonly DominantLevel[];

interface Sums {
  readonly cells: number;
  readonly weight: Float32Array;
  readonly confidence: Float32Array;
  readonly unknown: Float32Array;
}

function baseSums(base: DominantLevel): Sums {
  const cells = base.top.length;
  const weight = new Float32Array(cells * BINS);
  const confidence = new Float32Array(cells * BINS);
  const unknown = new Float32Array(cells);
  for (let i = 0; i < cells; i++) {
    const code = base.top[i]!;
    if (code === UNKNOWN) unknown[i] = 1;
    else {
      weight[i * BINS + code] = 1;
      confidence[i * BINS + code] = base.confidence[i]!;
    }
  }
  return { cells, weight, confidence, unknown };
}

function fold(fine: Sums): Sums {
  const cells = Math.ceil(fine.cells / FOLD);
  const out: Sums = {
    cells,
    weight: new Float32Array(cells * BINS),
    confidence: new Float32Array(cells * BINS),
    unknown: new Float32Array(cells),
  };
  for (let i = 0; i < fine.cells; i++) {
    const to = Math.floor(i / FOLD);
    out.unknown[to]! += fine.unknown[i]!;
    for (let b = 0; b < BINS; b++) {
      out.weight[to * BINS + b]! += fine.weight[i * BINS + b]!;
      out.confidence[to * BINS + b]! += fine.confidence[i * BINS + b]!;
    }
  }
  return out;
}

function levelOf(sums: Sums, factor: number): DominantLevel {
  const top = new Uint8Array(sums.cells).fill(UNKNOWN);
  const confidence = new Float32Array(sums.cells);
  for (let i = 0; i < sums.cells; i++) {
    let best = -1;
    let known = 0;
    for (let b = 0; b < BINS; b++) {
      const w = sums.weight[i * BINS + b]!;
      known += w;
      if (w > 0 && (best < 0 || w > sums.weight[i * BINS + best]!)) best = b;
    }
    // Mostly empty cells stay empty, so that silence does not fill up when zoomed out.
    if (best < 0 || known * 3 < sums.unknown[i]!) continue;
    top[i] = best;
    confidence[i] = sums.confidence[i * BINS + best]! / sums.weight[i * BINS + best]!;
  }
  return { factor, top, confidence };
}

export function buildDominant(top: Uint8Array, confidence: Float32Array): DominantPyramid {
  const base: DominantLevel = { factor: 1, top, confidence };
  const levels = [base];
  let sums = baseSums(base);
  let factor = 1;
  while (sums.cells > 64) {
    sums = fold(sums);
    factor *= FOLD;
    levels.push(levelOf(sums, factor));
  }
  return levels;
}
