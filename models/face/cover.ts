/** How much there is to see where eyes and mouth should be, against the whole crop: about 1.4 each, near 0 under dark glasses or a mask. */
export interface Cover {
  readonly eyes: number;
  readonly mouth: number;
}

interface Band {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** In shares of an aligned crop's side. */
const EYES: Band = { top: 0.29, bottom: 0.49, left: 0.17, right: 0.83 };
const MOUTH: Band = { top: 0.67, bottom: 0.87, left: 0.25, right: 0.75 };
const EVERYWHERE: Band = { top: 0, bottom: 1, left: 0, right: 1 };

/**
 * Medians of the absolute Laplacian in a band over its median in the crop, of an aligned crop of `side` x `side` grey values. The
 * median, so that the edges of a bar don't pass for eyes. What has a texture of its own, a hand or a patterned scarf, is not seen.
 */
export function measureCover(grey: Float32Array, side: number): Cover {
  // Half a grey level keeps a blank crop at 0.
  const all = detail(grey, side, EVERYWHERE) + 0.5;
  return { eyes: detail(grey, side, EYES) / all, mouth: detail(grey, side, MOUTH) / all };
}

function detail(grey: Float32Array, side: number, band: Band): number {
  const inside = (share: number): number => Math.max(1, Math.min(side - 1, Math.round(share * side)));
  const values: number[] = [];
  for (let y = inside(band.top); y < inside(band.bottom); y++)
    for (let x = inside(band.left); x < inside(band.right); x++) {
      const i = y * side + x;
      const around = grey[i - 1]! + grey[i + 1]! + grey[i - side]! + grey[i + side]!;
      values.push(Math.abs(around - 4 * grey[i]!));
    }
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}
