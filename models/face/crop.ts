import { fitSimilarity, warpGrey, wholeFrame } from './align.ts';
import type { FaceDetection } from './detect-read.ts';
import { checkFrame, type Frame } from './frame.ts';
import { type FaceQuality, measureCrop, measureFace } from './quality.ts';
import type { EmotionSettings } from './settings.ts';

/** One face, ready for the emotion model. */
export interface FaceCrop {
  /** `sidePx` x `sidePx` grey values, 0..255, rows from the top. */
  readonly grey: Float32Array;
  readonly quality: FaceQuality;
}

/** Warps a found face to the template that the model was trained on, and measures how good it is. */
export function cropFace(frame: Frame, face: FaceDetection, settings: EmotionSettings): FaceCrop {
  const template = settings.template.map(([x, y]) => ({ x, y }));
  const grey = warpGrey(frame, fitSimilarity(template, face.points), settings.sidePx);
  return { grey, quality: measureFace(face, grey, settings.sidePx) };
}

/** Takes the whole picture as the face. */
export function cropWhole(frame: Frame, settings: EmotionSettings): FaceCrop {
  checkFrame(frame);
  const grey = warpGrey(frame, wholeFrame(frame, settings.sidePx), settings.sidePx);
  return { grey, quality: measureCrop(Math.min(frame.width, frame.height), grey, settings.sidePx) };
}

/** The emotion model's input for several faces at once. */
export function prepareEmotion(
  crops: readonly FaceCrop[],
  settings: EmotionSettings,
): { data: Float32Array; dims: readonly [number, 1, number, number] } {
  const size = settings.sidePx * settings.sidePx;
  const data = new Float32Array(crops.length * size);
  crops.forEach((crop, i) => data.set(crop.grey, i * size));
  return { data, dims: [crops.length, 1, settings.sidePx, settings.sidePx] };
}
