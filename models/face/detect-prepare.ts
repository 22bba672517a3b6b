import { checkFrame, type Frame } from './frame.ts';
import { resample } from './resample.ts';
import type { DetectorSettings } from './settings.ts';

/** Input of the detector and what is needed to bring its boxes back into the frame. */
export interface DetectorInput {
  /** Blue, green, red planes, 0..255; zeros right and below the picture. */
  readonly data: Float32Array;
  /** [1, 3, height, width]; height and width are multiples of the largest stride. */
  readonly dims: readonly [1, 3, number, number];
  /** Pixels of the input per pixel of the frame, horizontally and vertically. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly frameWidth: number;
  readonly frameHeight: number;
}

/** Brings a frame to the detector's size. Throws 'picture-not-recognised' for a frame whose bytes don't fit its size. */
export function prepareDetection(frame: Frame, settings: DetectorSettings): DetectorInput {
  checkFrame(frame);
  const longSide = Math.max(frame.width, frame.height);
  const enlarged = Math.min(settings.maximumEnlargement, Math.max(1, settings.shortestLongSidePx / longSide));
  const scale = Math.min(enlarged, settings.longSidePx / longSide);
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const same = width === frame.width && height === frame.height;
  const pixels = same ? frame.rgb : resample(frame, width, height);

  const multiple = Math.max(...settings.strides);
  const paddedWidth = Math.ceil(width / multiple) * multiple;
  const paddedHeight = Math.ceil(height / multiple) * multiple;
  const plane = paddedWidth * paddedHeight;
  const data = new Float32Array(3 * plane);
  for (let y = 0; y < height; y++) {
    let source = y * width * 3;
    let target = y * paddedWidth;
    for (let x = 0; x < width; x++, source += 3, target++) {
      data[target] = pixels[source + 2]!;
      data[plane + target] = pixels[source + 1]!;
      data[2 * plane + target] = pixels[source]!;
    }
  }
  return {
    data,
    dims: [1, 3, paddedHeight, paddedWidth],
    scaleX: width / frame.width,
    scaleY: height / frame.height,
    frameWidth: frame.width,
    frameHeight: frame.height,
  };
}
