/** The graph's outputs as numbers with a meaning. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { Dimension, Estimate } from '#contract/emotion/dimensions.ts';
import { AttuneError } from '#contract/errors.ts';
import type { Tensors } from '../tensor.ts';
import type { TextSettings } from './settings.ts';

/** Raw values of one row of the graph. */
export interface RowOutput {
  /** Of a text alone. */
  readonly categoryLogits: readonly number[];
  /** Of a turn of talk. */
  readonly talkLogits: readonly number[];
  readonly fineLogits: readonly number[];
  readonly dimensions: Readonly<Record<Dimension, Estimate>>;
  /** In the order of the settings' `intensityOf`. */
  readonly intensity: readonly number[];
}

/** @throws AttuneError 'model-incompatible' when an output is missing or has another shape */
export function rowOutputs(
  outputs: Tensors,
  rows: number,
  fineLabels: number,
  { outputs: names, categoryOfFine, intensityOf, temperature }: TextSettings,
): RowOutput[] {
  const fine = matrix(outputs, names.fine, rows, fineLabels);
  const categories =
    names.categories === undefined
      ? fine.map((logits) => summed(logits, categoryOfFine ?? [], temperature.alone))
      : matrix(outputs, names.categories, rows, CATEGORIES.length);
  const talk = matrix(outputs, names.talk, rows, CATEGORIES.length);
  const means = matrix(outputs, names.vadMean, rows, DIMENSIONS.length);
  const sds = matrix(outputs, names.vadSd, rows, DIMENSIONS.length);
  const intensity =
    names.intensity === undefined ? [] : matrix(outputs, names.intensity, rows, intensityOf.length);
  return categories.map((categoryLogits, row) => ({
    categoryLogits,
    talkLogits: talk[row]!,
    fineLogits: fine[row]!,
    dimensions: Object.fromEntries(
      DIMENSIONS.map((d, i) => [d, { mean: means[row]![i]!, sd: sds[row]![i]! }]),
    ) as Record<Dimension, Estimate>,
    intensity: intensity[row] ?? [],
  }));
}

/**
 * Logits whose softmax at this temperature gives each category the sum of its fine labels' probabilities; a category without any
 * gets a very small share.
 */
function summed(logits: readonly number[], categoryOfFine: readonly number[], temperature: number): number[] {
  const highest = Math.max(...logits);
  const weights = logits.map((x) => Math.exp((x - highest) / temperature));
  return CATEGORIES.map((_, c) => {
    const sum = weights.reduce((s, w, i) => s + (categoryOfFine[i] === c ? w : 0), 1e-9);
    return highest + temperature * Math.log(sum);
  });
}

function matrix(outputs: Tensors, name: string, rows: number, columns: number): number[][] {
  const tensor = outputs[name];
  if (tensor?.type !== 'float32' || tensor.data.length !== rows * columns)
    throw new AttuneError(
      'model-incompatible',
      "The text model's answer doesn't have the shape its manifest names.",
    );
  return Array.from({ length: rows }, (_, r) =>
    Array.from(tensor.data.subarray(r * columns, (r + 1) * columns)),
  );
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
export const logit = (p: number): number => Math.log(p / (1 - p));
