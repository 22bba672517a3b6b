/** The ways in which a picture of a face gets worse. Both sets show little beside the face, so a patch covers the same part of each. */
import type { RgbFrame } from '#main/hosts/inference/tasks.ts';
import type { Condition } from '../condition.ts';
import { asJpeg, blurred, covered, darkened, resized } from './pictures.ts';

export const FACE_CONDITIONS: readonly Condition<RgbFrame>[] = [
  { id: 'clean', title: 'as it is', change: (frame) => frame },
  { id: 'blur', title: 'blur, sd 4 % of the width', change: (frame) => blurred(frame, 0.04) },
  { id: 'dark', title: 'a sixth of the light', change: (frame, random) => darkened(frame, 1 / 6, random) },
  { id: 'jpeg-20', title: 'JPEG, quality 20', change: (frame) => asJpeg(frame, 20) },
  {
    id: 'mouth',
    title: 'mouth covered',
    change: (frame) => covered(frame, { left: 0.2, top: 0.6, right: 0.8, bottom: 0.95 }),
  },
  {
    id: 'eyes',
    title: 'eyes covered',
    change: (frame) => covered(frame, { left: 0.1, top: 0.3, right: 0.9, bottom: 0.52 }),
  },
  { id: 'small', title: '24 px wide', change: (frame) => resized(frame, 24) },
];
