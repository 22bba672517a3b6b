import { CATEGORIES, type Distribution } from '#contract/emotion/categories.ts';
import type { Estimate } from '#contract/emotion/dimensions.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { AttuneError } from '#contract/errors.ts';
import type { FaceCrop } from './crop.ts';
import type { EmotionSettings } from './settings.ts';

/** Below this quality a reading is drawn towards "could be anything". */
const UNUSABLE_BELOW = 0.2;

/**
 * Readings of the faces in `crops`, from their logits (one row of `fineLabels.length` each).
 *
 * Probabilities are softmax(logits / temperature), summed per category (contempt counts as disgust and stays visible in `fine`).
 * Valence and arousal are a proxy: expected value over the fine labels, see the model's card. Throws 'model-incompatible'
 * for logits of another length.
 */
export function readEmotion(
  logits: Float32Array,
  crops: readonly FaceCrop[],
  settings: EmotionSettings,
): Reading[] {
  const width = settings.fineLabels.length;
  if (logits.length !== crops.length * width)
    throw new AttuneError('model-incompatible', 'The face model answered in an unexpected shape.');
  return crops.map((crop, i) => readOne(logits.subarray(i * width, (i + 1) * width), crop, settings));
}

function readOne(logits: Float32Array, crop: FaceCrop, settings: EmotionSettings): Reading {
  const trust = Math.min(1, crop.quality.quality / UNUSABLE_BELOW);
  const even = settings.fineLabels.map((label) => evenShare(label, settings));
  const p = softmax(logits, settings.temperature).map((value, k) => trust * value + (1 - trust) * even[k]!);
  const probabilities: Distribution = CATEGORIES.map(() => 0);
  const fine: Record<string, number> = {};
  settings.fineLabels.forEach((label, k) => {
    probabilities[categoryIndex(label, settings)]! += p[k]!;
    if (!isCategory(label)) fine[label] = p[k]!;
  });
  return {
    probabilities,
    fine,
    labels: Object.keys(fine).filter((label) => fine[label]! >= (settings.fineThresholds[label] ?? 1)),
    dimensions: { valence: expected(p, settings.valence), arousal: expected(p, settings.arousal) },
    quality: crop.quality.quality,
    reasons: [...crop.quality.reasons],
  };
}

/** Softmax of logits / temperature; even where a logit is not finite. */
export function softmax(logits: Float32Array, temperature: number): number[] {
  const highest = Math.max(...logits);
  const powers = Array.from(logits, (value) => Math.exp((value - highest) / temperature));
  const sum = powers.reduce((s, value) => s + value, 0);
  return powers.map((value) => (Number.isFinite(sum) ? value / sum : 1 / powers.length));
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

const isCategory = (label: string): boolean => (CATEGORIES as readonly string[]).includes(label);

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
