/** Which parts of a face mattered to its reading. */
import type { Distribution } from '#contract/emotion/categories.ts';
import { FACE_REGIONS, type FaceExplanation } from '#contract/explanation/explanation.ts';
import type { Frame, Point } from '../../face/frame.ts';
import { effectOf } from '../effect.ts';
import { cellEffects, GRID, gridWindows } from './grid.ts';
import { blurred, occluded } from './occlude.ts';
import { regionBoxes } from './regions.ts';

/** Readings of pictures that are one aligned face each, in order. */
export type AskFace = (crops: Frame[]) => Promise<Distribution[]>;

export type FaceFindings = Pick<FaceExplanation, 'probabilities' | 'regions' | 'grid'>;

/** @param points where the five points lie in the crop, in fractions of its side */
export async function explainFace(
  crop: Frame,
  points: readonly Point[],
  ask: AskFace,
): Promise<FaceFindings> {
  const blur = blurred(crop);
  const boxes = regionBoxes(points);
  const windows = gridWindows();
  const [probabilities, ...without] = (await ask([
    crop,
    ...FACE_REGIONS.map((region) => occluded(crop, blur, boxes[region])),
    ...windows.map((window) => occluded(crop, blur, [window])),
  ])) as [Distribution, ...Distribution[]];
  const effects = without.map((reading) => effectOf(probabilities, reading));
  return {
    probabilities,
    regions: FACE_REGIONS.map((region, i) => ({ region, effect: effects[i]! })),
    grid: { side: GRID, effects: cellEffects(effects.slice(FACE_REGIONS.length)) },
  };
}
