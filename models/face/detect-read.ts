import { AttuneError } from '#contract/errors.ts';
import type { DetectorInput } from './detect-prepare.ts';
import { type Box, overlap, type Point } from './frame.ts';
import type { DetectorSettings } from './settings.ts';

export interface FaceDetection extends Box {
  /** Right eye, left eye, nose, right mouth corner, left mouth corner (the person's right), in frame pixels. */
  readonly points: readonly Point[];
  /** 0..1. */
  readonly score: number;
}

/**
 * Faces of one frame, surest first, in frame pixels (a box may reach over the frame's edge).
 *
 * YuNet (Wu, Peng, Yu 2023): for cell (column, row) of a grid, centre = (cell + offset) * stride, size = exp(log size) * stride,
 * points = (cell + offset) * stride, score = sqrt(class score * object score).
 * `outputs` maps an output's name to its values; throws 'model-incompatible' where one is missing or of another length.
 */
export function readDetections(
  outputs: Readonly<Record<string, Float32Array>>,
  input: DetectorInput,
  settings: DetectorSettings,
): FaceDetection[] {
  const candidates = settings.strides.flatMap((stride) => readGrid(outputs, stride, input, settings));
  candidates.sort((a, b) => b.score - a.score);
  const kept: FaceDetection[] = [];
  for (const candidate of candidates)
    if (kept.every((other) => overlap(candidate, other) <= settings.maximumOverlap)) kept.push(candidate);
  return kept;
}

function readGrid(
  outputs: Readonly<Record<string, Float32Array>>,
  stride: number,
  input: DetectorInput,
  settings: DetectorSettings,
): FaceDetection[] {
  const columns = input.dims[3] / stride;
  const cells = columns * (input.dims[2] / stride);
  const values = (name: string, width: number): Float32Array => {
    const found = outputs[`${name}${stride}`];
    if (found?.length !== cells * width)
      throw new AttuneError('model-incompatible', 'The face detector answered in an unexpected shape.');
    return found;
  };
  const { classScore, objectScore, box: boxName, points: pointsName } = settings.outputs;
  const classes = values(classScore, 1);
  const objects = values(objectScore, 1);
  const boxes = values(boxName, 4);
  const points = values(pointsName, 10);
  const found: FaceDetection[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const score = Math.sqrt(unit(classes[cell]!) * unit(objects[cell]!));
    if (!(score >= settings.minimumScore)) continue;
    const column = cell % columns;
    const row = (cell - column) / columns;
    const at = (index: number): number => boxes[cell * 4 + index]!;
    const width = (Math.exp(at(2)) * stride) / input.scaleX;
    const height = (Math.exp(at(3)) * stride) / input.scaleY;
    const detection: FaceDetection = {
      x: ((column + at(0)) * stride) / input.scaleX - width / 2,
      y: ((row + at(1)) * stride) / input.scaleY - height / 2,
      width,
      height,
      score,
      points: Array.from({ length: 5 }, (_, i) => ({
        x: ((column + points[cell * 10 + 2 * i]!) * stride) / input.scaleX,
        y: ((row + points[cell * 10 + 2 * i + 1]!) * stride) / input.scaleY,
      })),
    };
    if (allFinite(detection) && inside(detection, input)) found.push(detection);
  }
  return found;
}

function allFinite(face: FaceDetection): boolean {
  const numbers = [face.x, face.y, face.width, face.height, ...face.points.flatMap(({ x, y }) => [x, y])];
  return numbers.every(Number.isFinite);
}

const unit = (value: number): number => Math.max(0, Math.min(1, value));

/** A box whose middle lies in the padding is no face. */
function inside(box: Box, input: DetectorInput): boolean {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return x >= 0 && y >= 0 && x < input.frameWidth && y < input.frameHeight;
}
