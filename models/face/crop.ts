import { fitSimilarity, type Warp, warpGrey, wholeFrame } from './align.ts';
import type { FaceDetection } from './detect-read.ts';
import { checkFrame, type Frame, type Point } from './frame.ts';
import { type FaceQuality, measureCrop, measureFace, measureUnfound } from './quality.ts';
import type { EmotionSettings } from './settings.ts';

/** One face, ready for the emotion model. */
export interface FaceCrop {
  /** `sidePx` x `sidePx` grey values, 0..255, rows from the top. */
  readonly grey: Float32Array;
  /** The same face cut in other ways, as large; their logits are averaged with those of `grey`. */
  readonly others?: readonly Float32Array[];
  readonly quality: FaceQuality;
  /** From a film, or in colour: nothing like the small grey pictures that the smallest size is calibrated on, however small it is. */
  readonly unlikeTraining?: boolean;
}

/**
 * A crop whose face is up to this much smaller or larger than the template's is also read as a whole; turned further, or of
 * another size, only its aligned cut looks like what the model was trained on.
 */
const LIKE_TEMPLATE = { smallest: 0.75, largest: 1.3, turnRadians: 0.35 };

/** Warps a found face to the template that the model was trained on, and measures how good it is. */
export function cropFace(frame: Frame, face: FaceDetection, settings: EmotionSettings): FaceCrop {
  const grey = warpGrey(frame, alignment(face.points, settings), settings.sidePx);
  return { grey, quality: measureFace(face, grey, settings.sidePx), unlikeTraining: true };
}

/** Takes the whole picture as the face; `facePx`: shorter side of that face where it was cut from a larger picture, at another size. */
export function cropWhole(frame: Frame, settings: EmotionSettings, facePx?: number): FaceCrop {
  checkFrame(frame);
  const grey = warpGrey(frame, wholeFrame(frame, settings.sidePx), settings.sidePx);
  const quality = measureCrop(facePx ?? Math.min(frame.width, frame.height), grey, settings.sidePx);
  return { grey, quality, unlikeTraining: facePx !== undefined || isColoured(frame) };
}

/**
 * A picture that is said to be one face: cut whole and, where its face was found, aligned as well. Without a find it is still read
 * (a face that fills its picture may be missed), but trusted less.
 */
export function cropPicture(
  frame: Frame,
  face: FaceDetection | undefined,
  settings: EmotionSettings,
): FaceCrop {
  const whole = cropWhole(frame, settings);
  if (!face) return { ...whole, quality: measureUnfound(whole.quality) };
  const aligned = { ...cropFace(frame, face, settings), unlikeTraining: whole.unlikeTraining! };
  const alike = likeTemplate(alignment(face.points, settings), frame, settings.sidePx);
  return alike ? { ...aligned, others: [whole.grey] } : aligned;
}

/** The emotion model's input for several faces at once: each face's cuts in turn. */
export function prepareEmotion(
  crops: readonly FaceCrop[],
  settings: EmotionSettings,
): { data: Float32Array; dims: readonly [number, 1, number, number] } {
  const size = settings.sidePx * settings.sidePx;
  const cuts = crops.flatMap(cutsOf);
  const data = new Float32Array(cuts.length * size);
  cuts.forEach((grey, i) => data.set(grey, i * size));
  return { data, dims: [cuts.length, 1, settings.sidePx, settings.sidePx] };
}

/** Everything that the model is to see of one face. */
export const cutsOf = (crop: FaceCrop): readonly Float32Array[] => [crop.grey, ...(crop.others ?? [])];

/** Beyond what a grey picture gets from being stored as a coloured one. */
function isColoured({ rgb }: Frame): boolean {
  const apart = 6;
  for (let i = 0; i + 2 < rgb.length; i += 3)
    if (Math.abs(rgb[i]! - rgb[i + 1]!) > apart || Math.abs(rgb[i + 1]! - rgb[i + 2]!) > apart) return true;
  return false;
}

function alignment(points: readonly Point[], { template }: EmotionSettings): Warp {
  return fitSimilarity(
    template.map(([x, y]) => ({ x, y })),
    points,
  );
}

function likeTemplate(warp: Warp, frame: Frame, sidePx: number): boolean {
  const size = (Math.hypot(warp.xx, warp.yx) * sidePx) / Math.sqrt(frame.width * frame.height);
  const turn = Math.abs(Math.atan2(warp.yx, warp.xx));
  const { smallest, largest, turnRadians } = LIKE_TEMPLATE;
  return size > smallest && size < largest && turn < turnRadians;
}
