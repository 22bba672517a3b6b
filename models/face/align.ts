import { checkFrame, type Frame, type Point } from './frame.ts';

/** Maps crop pixels to frame pixels: x' = xx * x + xy * y + x0, y' = yx * x + yy * y + y0 (pixel centres at whole numbers). */
export interface Warp {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
  readonly x0: number;
  readonly y0: number;
}

/** More samples than this a pixel and axis add nothing that 48 pixels could show. */
const MOST_SAMPLES = 16;

/**
 * The shift, turn and scale that bring `template` onto `points` with the least squared error (Umeyama 1991, without reflection).
 * Both have the same order and length; the template's points are not all the same.
 */
export function fitSimilarity(template: readonly Point[], points: readonly Point[]): Warp {
  const from = mean(template);
  const to = mean(points);
  let norm = 0;
  let a = 0;
  let b = 0;
  template.forEach((q, i) => {
    const qx = q.x - from.x;
    const qy = q.y - from.y;
    const px = points[i]!.x - to.x;
    const py = points[i]!.y - to.y;
    norm += qx * qx + qy * qy;
    a += qx * px + qy * py;
    b += qx * py - qy * px;
  });
  a /= norm;
  b /= norm;
  return {
    xx: a,
    xy: -b,
    yx: b,
    yy: a,
    x0: to.x - a * from.x + b * from.y,
    y0: to.y - b * from.x - a * from.y,
  };
}

/** The warp that stretches the whole frame over a crop of `sidePx`: for pictures that are one face already. */
export function wholeFrame(frame: Frame, sidePx: number): Warp {
  const xx = frame.width / sidePx;
  const yy = frame.height / sidePx;
  return { xx, xy: 0, yx: 0, yy, x0: (xx - 1) / 2, y0: (yy - 1) / 2 };
}

/**
 * Cuts a grey crop of `sidePx` x `sidePx`, 0..255. Where the frame is finer than the crop every pixel is the mean of a grid
 * of bilinear samples over its area; outside the frame its edge goes on. Luma of ITU-R BT.601.
 */
export function warpGrey(frame: Frame, warp: Warp, sidePx: number): Float32Array {
  checkFrame(frame);
  const pixelsPerStep = Math.max(Math.hypot(warp.xx, warp.yx), Math.hypot(warp.xy, warp.yy));
  const count = Math.max(1, Math.min(MOST_SAMPLES, Math.ceil(pixelsPerStep - 1e-6)));
  const out = new Float32Array(sidePx * sidePx);
  for (let row = 0; row < sidePx; row++)
    for (let column = 0; column < sidePx; column++) {
      let sum = 0;
      for (let v = 0; v < count; v++)
        for (let u = 0; u < count; u++) {
          const x = column + (u + 0.5) / count - 0.5;
          const y = row + (v + 0.5) / count - 0.5;
          sum += greyAt(frame, warp.xx * x + warp.xy * y + warp.x0, warp.yx * x + warp.yy * y + warp.y0);
        }
      out[row * sidePx + column] = sum / (count * count);
    }
  return out;
}

function greyAt(frame: Frame, x: number, y: number): number {
  const cx = Math.max(0, Math.min(frame.width - 1, x));
  const cy = Math.max(0, Math.min(frame.height - 1, y));
  const left = Math.floor(cx);
  const top = Math.floor(cy);
  const right = Math.min(frame.width - 1, left + 1);
  const bottom = Math.min(frame.height - 1, top + 1);
  const fx = cx - left;
  const fy = cy - top;
  const upper = (1 - fx) * luma(frame, left, top) + fx * luma(frame, right, top);
  const lower = (1 - fx) * luma(frame, left, bottom) + fx * luma(frame, right, bottom);
  return (1 - fy) * upper + fy * lower;
}

function luma(frame: Frame, x: number, y: number): number {
  const at = (y * frame.width + x) * 3;
  return 0.299 * frame.rgb[at]! + 0.587 * frame.rgb[at + 1]! + 0.114 * frame.rgb[at + 2]!;
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
