import type { Point } from './frame.ts';

/** How a head is turned, judged from five points: rough, but enough to know when a face is no longer seen from the front. */
export interface Pose {
  /** Where the nose stands between the eyes: 0 in the middle, +-1 below an eye (positive: towards the picture's right). */
  readonly yaw: number;
  /** Where the nose stands between the line of the eyes (-1) and that of the mouth (1). */
  readonly pitch: number;
  /** Turn of the line of the eyes against the horizontal, in degrees. */
  readonly rollDegrees: number;
  /** 0 from the front; above 1 nearly a profile. */
  readonly turn: number;
}

/** `points`: right eye, left eye, nose, right mouth corner, left mouth corner (the person's right stands left in the picture). */
export function measurePose(points: readonly Point[]): Pose {
  const [rightEye, leftEye, nose, rightMouth, leftMouth] = points as [Point, Point, Point, Point, Point];
  const eyes = between(rightEye, leftEye);
  const mouth = between(rightMouth, leftMouth);
  const across = { x: leftEye.x - rightEye.x, y: leftEye.y - rightEye.y };
  const down = { x: mouth.x - eyes.x, y: mouth.y - eyes.y };
  const width = Math.hypot(across.x, across.y);
  const height = Math.hypot(down.x, down.y);
  if (!(width > 0 && height > 0)) return { yaw: 0, pitch: 0, rollDegrees: 0, turn: 2 };
  const fromEyes = { x: nose.x - eyes.x, y: nose.y - eyes.y };
  const yaw = (2 * (fromEyes.x * across.x + fromEyes.y * across.y)) / (width * width);
  const pitch = (2 * (fromEyes.x * down.x + fromEyes.y * down.y)) / (height * height) - 1;
  // A frontal face is about as wide between the eyes as it is high from eyes to mouth; turned away it narrows.
  const narrow = Math.max(0, 1 - width / height) * 1.5;
  const turn = Math.max(Math.hypot(yaw, Math.max(0, Math.abs(pitch) - 0.3)), narrow);
  return { yaw, pitch, rollDegrees: (Math.atan2(across.y, across.x) * 180) / Math.PI, turn };
}

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
