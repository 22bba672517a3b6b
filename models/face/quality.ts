import type { QualityReason } from '#contract/emotion/evidence.ts';
import { rise } from '../rise.ts';
import { measureCover } from './cover.ts';
import type { FaceDetection } from './detect-read.ts';
import { measurePose } from './pose.ts';
import { measureTexture } from './texture.ts';

/** How far a face can be trusted, 0..1, and why not further. */
export interface FaceQuality {
  readonly quality: number;
  readonly reasons: readonly QualityReason[];
  /** Shorter side of the face in the picture. */
  readonly sidePx: number;
  /** False: the picture is said to be a face, but none was found in it. */
  readonly found?: false;
}

type Factor = readonly [QualityReason, number];

/** Quality of a face that the detector found; `grey` is its aligned crop of `cropPx` x `cropPx`, 0..255. */
export function measureFace(face: FaceDetection, grey: Float32Array, cropPx: number): FaceQuality {
  const pose = measurePose(face.points);
  const { eyes, mouth } = measureCover(grey, cropPx);
  const own: Factor[] = [
    // Of faces with nothing before them 1 % lie below .76 (eyes) and .57 (mouth): 805 crops of FER+.
    ['face-covered', (0.4 + 0.6 * rise(eyes, 0.15, 0.5)) * (0.4 + 0.6 * rise(mouth, 0.15, 0.5))],
    ['face-uncertain', rise(face.score, 0.5, 0.85)],
    ['face-turned', 1 - 0.9 * rise(pose.turn, 0.6, 1.4)],
    ['face-turned', upright(Math.abs(pose.rollDegrees))],
  ];
  return judge(Math.min(face.width, face.height), grey, cropPx, own);
}

/**
 * A head leant to a shoulder is read as well as an upright one; the model has seen none that lies on its side or stands on its head.
 * Chosen, not measured. It only sees what the detector's points tell: YuNet draws them towards upright (a face turned by 45 degrees
 * measures 20), and takes one that stands on its head for an upright one.
 */
const upright = (degrees: number): number => 1 - 0.7 * rise(degrees, 25, 90) - 0.15 * rise(degrees, 90, 180);

/** What a crop without a find keeps of its quality: it may be a face that fills its picture, or none. */
const UNFOUND = 0.5;

/** Quality of a picture that is said to be a face where none was found. */
export function measureUnfound(whole: FaceQuality): FaceQuality {
  const reasons = [...new Set([...whole.reasons, 'face-uncertain' as const])];
  return { ...whole, quality: UNFOUND * whole.quality, reasons, found: false };
}

/** Quality of a picture taken as one face. */
export function measureCrop(sidePx: number, grey: Float32Array, cropPx: number): FaceQuality {
  return judge(sidePx, grey, cropPx, []);
}

/**
 * Each measurement gives a factor that rises linearly from "unusable" to "does not matter"; a factor below .8 is a reason. Where the
 * limits lie was measured on FER+ and DiffusionFER, blurred, made smaller, and sorted by score and turn (see the model's card).
 */
function judge(sidePx: number, grey: Float32Array, cropPx: number, own: readonly Factor[]): FaceQuality {
  const texture = measureTexture(grey, cropPx);
  const factors: Factor[] = [
    ...own,
    ['face-small', rise(sidePx, 6, 24)],
    ['face-blurred', 0.2 + 0.8 * rise(texture.sharpness, 0.004, 0.03)],
    ['face-dark', rise(texture.brightness, 6, 25)],
    ['face-bright', rise(255 - texture.brightness, 4, 30)],
    // Without contrast there is nothing to see, and what is all edge is noise, not a face.
    ['face-uncertain', rise(texture.contrast, 2, 8) * rise(-texture.sharpness, -3, -1.5)],
  ];
  const reasons = new Set(factors.filter(([, factor]) => factor < 0.8).map(([reason]) => reason));
  const quality = factors.reduce((product, [, factor]) => product * factor, 1);
  return { quality, reasons: [...reasons], sidePx };
}
