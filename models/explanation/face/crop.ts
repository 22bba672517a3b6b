/** One face of a frame, turned and scaled as the face model sees it, in colour. */
import { fitSimilarity } from '../../face/align.ts';
import type { Frame, Point } from '../../face/frame.ts';

/** Pixels of the crop for one of the model's: it is also looked at by people. */
const FINER = 2;

/**
 * @param points the face's five points in pixels of the frame
 * @param template where they lie in the model's crop of `sidePx`, in pixels
 * @returns a square of FINER x sidePx; outside the frame its edge goes on
 */
export function alignedCrop(
  frame: Frame,
  points: readonly Point[],
  template: readonly (readonly [number, number])[],
  sidePx: number,
): Frame {
  const finer = template.map(([x, y]) => ({ x: (x + 0.5) * FINER - 0.5, y: (y + 0.5) * FINER - 0.5 }));
  const warp = fitSimilarity(finer, points);
  const side = sidePx * FINER;
  const rgb = new Uint8Array(side * side * 3);
  // Where the frame is finer than the crop, a pixel is the mean of a few samples over its area.
  const samples = Math.max(1, Math.min(8, Math.ceil(Math.hypot(warp.xx, warp.yx))));
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const sum = [0, 0, 0];
      for (let v = 0; v < samples; v++)
        for (let u = 0; u < samples; u++) {
          const x = column + (u + 0.5) / samples - 0.5;
          const y = row + (v + 0.5) / samples - 0.5;
          add(frame, warp.xx * x + warp.xy * y + warp.x0, warp.yx * x + warp.yy * y + warp.y0, sum);
        }
      for (let c = 0; c < 3; c++)
        rgb[(row * side + column) * 3 + c] = Math.round(sum[c]! / (samples * samples));
    }
  return { width: side, height: side, rgb };
}

/** Adds the bilinear sample at a place. */
function add(frame: Frame, x: number, y: number, sum: number[]): void {
  const inside = (value: number, size: number): number => Math.max(0, Math.min(size - 1, value));
  const [cx, cy] = [inside(x, frame.width), inside(y, frame.height)];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const right = Math.min(frame.width - 1, left + 1);
  const bottom = Math.min(frame.height - 1, top + 1);
  const [fx, fy] = [cx - left, cy - top];
  for (let c = 0; c < 3; c++) {
    const at = (px: number, py: number): number => frame.rgb[(py * frame.width + px) * 3 + c]!;
    sum[c]! +=
      (1 - fy) * ((1 - fx) * at(left, top) + fx * at(right, top)) +
      fy * ((1 - fx) * at(left, bottom) + fx * at(right, bottom));
  }
}
