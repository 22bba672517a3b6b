/** Where the parts of a face lie in an aligned crop. */
import type { FaceRegion } from '#contract/explanation/explanation.ts';
import type { Box, Point } from '../../face/frame.ts';

/**
 * Boxes in fractions of a crop's side, from where its five points lie (right eye, left eye, nose, right and left mouth corner, in the same
 * fractions). Measures go by the distance between the eyes: brows end about half of it above them, a cheek begins a quarter below.
 */
export function regionBoxes(points: readonly Point[]): Readonly<Record<FaceRegion, readonly Box[]>> {
  const [rightEye, leftEye, nose, rightCorner, leftCorner] = points as [Point, Point, Point, Point, Point];
  const unit = leftEye.x - rightEye.x;
  const middle = (rightEye.x + leftEye.x) / 2;
  const eyes = (rightEye.y + leftEye.y) / 2;
  const mouth = (rightCorner.y + leftCorner.y) / 2;
  const brows = eyes - 0.5 * unit;
  const lids = eyes + 0.25 * unit;
  const noseHalf = 0.3 * unit;
  const mouthHalf = (leftCorner.x - rightCorner.x) / 2 + 0.2 * unit;
  const mouthTop = Math.max(nose.y + 0.15 * unit, mouth - 0.35 * unit);
  const edge = 0.95 * unit;
  return {
    forehead: [box(0, 0, 1, brows)],
    eyes: [box(middle - edge, brows, middle + edge, lids)],
    nose: [box(nose.x - noseHalf, lids, nose.x + noseHalf, mouthTop)],
    cheeks: [
      box(middle - edge, lids, nose.x - noseHalf, mouth + 0.1 * unit),
      box(nose.x + noseHalf, lids, middle + edge, mouth + 0.1 * unit),
    ],
    mouth: [box(middle - mouthHalf, mouthTop, middle + mouthHalf, mouth + 0.4 * unit)],
  };
}

/** Cut to the crop. */
function box(left: number, top: number, right: number, bottom: number): Box {
  const inside = (value: number): number => Math.min(1, Math.max(0, value));
  const [x, y] = [inside(left), inside(top)];
  return { x, y, width: Math.max(0, inside(right) - x), height: Math.max(0, inside(bottom) - y) };
}
