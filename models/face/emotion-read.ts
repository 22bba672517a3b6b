import { CATEGORIES, type Distribution } from '#contract/emotion/categories.ts';
import type { Estimate } from '#contract/emotion/dimensions.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { AttuneError } from '#contract/errors.ts';
import { calibrated, calibrationFor } from './calibrate.ts';
import { cutsOf, type FaceCrop } from './crop.ts';
import type { EmotionSettings } from './settings.ts';

/** Below this quality a reading is drawn towards "could be anything". */
const UNUSABLE_BELOW = 0.2;
/** How far a reading counts where no face was found in what is said to be one. */
const TRUST_UNFOUND = 0.6;

/**
 * Readings of the faces in `crops`, from their logits (one row of `fineLabels.length` for each cut of each face, as prepareEmotion
 * lays them out).
 *
 * Probabilities are calibrated for the face's size, as for the largest where it is unlike what the model was trained on, and summed per category (contempt counts as disgust and stays visible in `fine`). Valence and arousal are a proxy: expected value over the fine labels, see the model's card. Throws
 * 'model-incompatible' for logits of another length.
 */
export function readEmotion(
  logits: Float32Array,
  crops: readonly FaceCrop[],
  settings: EmotionSettings,
): Reading[] {
  const width = settings.fineLabels.length;
  const rows = crops.reduce((sum, crop) => sum + cutsOf(crop).length, 0);
  if (logits.length !== rows * width)
    throw new AttuneError('model-incompatible', 'The face model answered in an unexpected shape.');
  let row = 0;
  return crops.map((crop) => {
    const own = logits.subarray(row * width, (row += cutsOf(crop).length) * width);
    const facePx = crop.unlikeTraining ? Infinity : crop.quality.sidePx;
    const calibration = calibrationFor(facePx, settings.calibrations);
    return readOne(calibrated(own, calibration), crop, settings);
  });
}

function readOne(measured: readonly number[], crop: FaceCrop, settings: EmotionSettings): Reading {
  const { quality, found } = crop.quality;
  const trust = Math.min(1, quality / UNUSABLE_BELOW) * (found === false ? TRUST_UNFOUND : 1);
  const even = settings.fineLabels.map((label) => evenShare(label, settings));
  const p = measured.map((value, k) => trust * value + (1 - trust) * even[k]!);
  const probabilities: Distribution = CATEGORIES.map(() => 0);
  settings.fineLabels.forEach((label, k) => (probabilities[categoryIndex(label, settings)]! += p[k]!));
  const fine = Object.fromEntries(settings.fineLabels.map((label, k) => [label, p[k]!]));
  return {
    probabilities,
    fine,
    labels: Object.keys(fine).filter((label) => fine[label]! >= (settings.fineThresholds[label] ?? Infinity)),
    dimensions: { valence: expected(p, settings.valence), arousal: expected(p, settings.arousal) },
    quality,
    reasons: [...crop.quality.reasons],
  };
}

/** Law of total variance: what the map leaves unexplained, and that it is not sure which label it is. */
function expected(p: readonly number[], map: EmotionSettings['valence']): Estimate {
  let mean = 0;
  let square = 0;
  p.forEach((value, k) => {
    mean += value * map.byFineLabel[k]!;
    square += value * map.byFineLabel[k]! ** 2;
  });
  const spread = Math.max(0, square - mean * mean);
  return { mean: Math.max(-1, Math.min(1, mean)), sd: Math.sqrt(map.residualSd ** 2 + spread) };
}

function categoryIndex(label: string, settings: EmotionSettings): number {
  const index = (CATEGORIES as readonly string[]).indexOf(settings.categoryOf[label] ?? label);
  if (index < 0)
    throw new AttuneError('model-incompatible', 'The face model names a category that does not exist.');
  return index;
}

/** Share of a fine label when every category is as likely as every other. */
function evenShare(label: string, settings: EmotionSettings): number {
  const own = categoryIndex(label, settings);
  const siblings = settings.fineLabels.filter((other) => categoryIndex(other, settings) === own).length;
  return 1 / (CATEGORIES.length * siblings);
}
