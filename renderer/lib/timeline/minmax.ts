/** Min/max pyramid: a long series can be drawn at any zoom by reading about one cell a pixel. NaN means "nothing known". */

export interface MinMaxLevel {
  /** Base samples in one cell. */
  readonly factor: number;
  readonly min: Float32Array;
  readonly max: Float32Array;
}
export type MinMaxPyramid = readonly MinMaxLevel[];

const FOLD = 4;

function coarser(fine: MinMaxLevel): MinMaxLevel {
  const length = Math.ceil(fine.min.length / FOLD);
  const min = new Float32Array(length);
  const max = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let low = NaN;
    let high = NaN;
    const end = Math.min(fine.min.length, (i + 1) * FOLD);
    for (let j = i * FOLD; j < end; j++) {
      const a = fine.min[j]!;
      const b = fine.max[j]!;
      if (!(a >= low)) low = Number.isNaN(a) ? low : a;
      if (!(b <= high)) high = Number.isNaN(b) ? high : b;
    }
    min[i] = low;
    max[i] = high;
  }
  return { factor: fine.factor * FOLD, min, max };
}

/** Level 0 is the series itself; `max` may differ from `min` there (a waveform, an uncertainty band). */
export function buildMinMax(min: Float32Array, max: Float32Array = min): MinMaxPyramid {
  const levels: MinMaxLevel[] = [{ factor: 1, min, max }];
  while (levels.at(-1)!.min.length > 64) levels.push(coarser(levels.at(-1)!));
  return levels;
}

/** The coarsest level whose cells are no wider than `samplesPerPx` base samples; at least level 0. */
export function levelFor<L extends { readonly factor: number }>(
  levels: readonly L[],
  samplesPerPx: number,
): L {
  let chosen = levels[0]!;
  for (const level of levels) if (level.factor <= samplesPerPx) chosen = level;
  return chosen;
}
