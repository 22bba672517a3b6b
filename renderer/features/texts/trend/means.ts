/** Lines and bands of a mean over bars; a bar without texts parts the line. */
import type { MeanOf, TrendBin } from '#contract/texts/query.ts';

export interface Course {
  /** SVG paths in a box one unit a bar wide and from 0 (top) to 1 high. */
  line: string;
  band: string;
  /** Bars that stand alone: a line of one point can't be seen. */
  points: { x: number; y: number }[];
}

/** As far from zero as any mean or bound, so that small changes can be seen; never less than 0.2. */
export function reachOf(bins: readonly TrendBin[]): number {
  const values = bins.flatMap(({ all }) =>
    [all.valence, all.arousal].flatMap((of) =>
      of ? [of.mean, of.interval?.low ?? 0, of.interval?.high ?? 0] : [],
    ),
  );
  return Math.min(1, Math.max(0.2, ...values.map(Math.abs)));
}

export function courseOf(means: readonly (MeanOf | null)[], reach: number): Course {
  const y = (value: number): number => Math.min(1, Math.max(0, 0.5 - value / (2 * reach)));
  const pieces: { x: number; of: MeanOf }[][] = [[]];
  means.forEach((of, i) => {
    if (of) pieces.at(-1)!.push({ x: i + 0.5, of });
    else if (pieces.at(-1)!.length > 0) pieces.push([]);
  });
  const path = (points: readonly (readonly [number, number])[]): string =>
    points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${px} ${py.toFixed(4)}`).join('');
  const line = pieces.map((piece) => path(piece.map(({ x, of }) => [x, y(of.mean)]))).join('');
  const band = pieces
    .map((piece) => {
      const edge = (side: 'low' | 'high') =>
        piece.map(({ x, of }) => [x, y(of.interval?.[side] ?? of.mean)] as const);
      return piece.length < 2 ? '' : `${path([...edge('high'), ...edge('low').reverse()])}Z`;
    })
    .join('');
  const points = pieces.flatMap((piece) =>
    piece.length === 1 ? piece.map(({ x, of }) => ({ x, y: y(of.mean) })) : [],
  );
  return { line, band, points };
}
