/** Taking a part of a face away: it is replaced by what a strong blur leaves of it, so that no new edge is drawn. */
import type { Box, Frame } from '../../face/frame.ts';

/** Radius of the blur in parts of the side: features of the size of an eye are gone. */
const BLUR_RADIUS = 1 / 8;
/** Width of the seam in parts of the side. */
const SEAM = 1 / 24;

/** Three box blurs, near enough to a Gaussian. */
export function blurred(frame: Frame): Frame {
  const radius = Math.max(1, Math.round(frame.width * BLUR_RADIUS));
  let values = Float32Array.from(frame.rgb);
  for (let pass = 0; pass < 3; pass++) {
    values = boxBlur(values, frame.width, frame.height, radius, 3, frame.width * 3);
    values = boxBlur(values, frame.height, frame.width, radius, frame.width * 3, 3);
  }
  return { ...frame, rgb: Uint8Array.from(values, (value) => Math.round(value)) };
}

/** The frame with `boxes` (fractions of its sides) taken from `blur`, its blurred copy. */
export function occluded(frame: Frame, blur: Frame, boxes: readonly Box[]): Frame {
  const { width, height } = frame;
  const rgb = frame.rgb.slice();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const share = Math.max(...boxes.map((box) => insideShare((x + 0.5) / width, (y + 0.5) / height, box)));
      if (share <= 0) continue;
      for (let at = (y * width + x) * 3, c = 0; c < 3; c++)
        rgb[at + c] = Math.round((1 - share) * frame.rgb[at + c]! + share * blur.rgb[at + c]!);
    }
  return { width, height, rgb };
}

/** 1 inside a box, falling to 0 over the seam outside it. */
function insideShare(x: number, y: number, box: Box): number {
  const outside = Math.max(box.x - x, x - box.x - box.width, box.y - y, y - box.y - box.height);
  return Math.max(0, Math.min(1, 1 - outside / SEAM));
}

/** Mean over `radius` neighbours on each side along lines of `length` values `step` apart; a line's ends go on. */
function boxBlur(
  values: Float32Array,
  length: number,
  lines: number,
  radius: number,
  step: number,
  lineStep: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(values.length);
  const count = 2 * radius + 1;
  for (let line = 0; line < lines; line++)
    for (let c = 0; c < 3; c++) {
      const base = line * lineStep + c;
      const at = (i: number): number => values[base + Math.max(0, Math.min(length - 1, i)) * step]!;
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += at(i);
      for (let i = 0; i < length; i++) {
        out[base + i * step] = sum / count;
        sum += at(i + radius + 1) - at(i - radius);
      }
    }
  return out;
}
