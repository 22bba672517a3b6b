import { AttuneError } from '#contract/errors.ts';

/** A decoded picture: `width * height` pixels of red, green, blue, one byte each, rows from the top. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Axis-parallel rectangle in pixels; `x`, `y` is the upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Throws 'picture-not-recognised' where the bytes do not fit the stated size. */
export function checkFrame(frame: Frame): void {
  const { width, height, rgb } = frame;
  const sound = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!sound || rgb.length !== width * height * 3)
    throw new AttuneError(
      'picture-not-recognised',
      'The picture has no pixels, or fewer than its size says.',
    );
}

/** Intersection over union of two boxes, 0..1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
