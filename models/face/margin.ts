import type { FaceDetection } from './detect-read.ts';
import { checkFrame, type Frame, type Point } from './frame.ts';
import { resample } from './resample.ts';

interface Margined {
  readonly frame: Frame;
  /** From its pixels back to the picture's. */
  readonly toPicture: (point: Point) => Point;
  /** Pixels of the picture a pixel of it. */
  readonly scale: Point;
}

const LONG_SIDE_PX = 96;
const MARGIN_PX = 32;
const GROUND = 127;

/**
 * The face of a picture that is said to be one: of several the one nearest the middle. It is looked for in the picture made small,
 * on a grey ground, because the detector misses faces that reach to a picture's edge.
 */
export async function findInPicture(
  picture: Frame,
  find: (frame: Frame) => Promise<readonly FaceDetection[]>,
): Promise<FaceDetection | undefined> {
  checkFrame(picture);
  const { frame, toPicture, scale } = withMargin(picture);
  const away = (face: FaceDetection): number =>
    Math.abs(face.x + face.width / 2 - frame.width / 2) +
    Math.abs(face.y + face.height / 2 - frame.height / 2);
  const [nearest] = [...(await find(frame))].sort((a, b) => away(a) - away(b));
  return (
    nearest && {
      ...toPicture(nearest),
      width: nearest.width * scale.x,
      height: nearest.height * scale.y,
      points: nearest.points.map(toPicture),
      score: nearest.score,
    }
  );
}

/** The picture with a long side of 96 pixels and 32 pixels of grey around it, as the recipe looked for the five points. */
function withMargin(picture: Frame): Margined {
  const shrink = LONG_SIDE_PX / Math.max(picture.width, picture.height);
  const width = Math.max(1, Math.round(picture.width * shrink));
  const height = Math.max(1, Math.round(picture.height * shrink));
  const small = resample(picture, width, height);
  const [outerWidth, outerHeight] = [width + 2 * MARGIN_PX, height + 2 * MARGIN_PX];
  const rgb = new Uint8Array(outerWidth * outerHeight * 3).fill(GROUND);
  for (let y = 0; y < height; y++)
    for (let i = 0; i < width * 3; i++)
      rgb[((y + MARGIN_PX) * outerWidth + MARGIN_PX) * 3 + i] = Math.round(small[y * width * 3 + i]!);
  const scale = { x: picture.width / width, y: picture.height / height };
  const back = (value: number, pixels: number): number => (value - MARGIN_PX + 0.5) * pixels - 0.5;
  return {
    frame: { width: outerWidth, height: outerHeight, rgb },
    toPicture: ({ x, y }) => ({ x: back(x, scale.x), y: back(y, scale.y) }),
    scale,
  };
}
