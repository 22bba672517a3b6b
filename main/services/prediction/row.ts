/** A reading as a row of `attune predict`. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { DIMENSIONS, type Dimensions } from '#contract/emotion/dimensions.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { AttuneError, toErrorData } from '#contract/errors.ts';
import type { FailedRow, PredictedRow } from '#contract/files/predict.ts';
import type { ModelsInUse } from '#main/services/analysis/models-in-use.ts';
import { parseFusionSettings, type FusionSettings } from '#models/fusion/settings.ts';
import { softmax } from '#models/softmax.ts';
import type { z } from 'zod';

/** Less than this and the row says that it is not sure: fusion's own numbers, so that a row abstains where an analysis does. */
export type Sureness = Pick<FusionSettings, 'abstainBelow' | 'minimumQuality'>;

/** @throws AttuneError 'model-missing', 'model-incompatible' */
export const surenessOf = (models: ModelsInUse): Sureness =>
  parseFusionSettings(models.of('fusion').settings);

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

function rounded(dimensions: Dimensions): Dimensions {
  const all: Dimensions = {};
  for (const dimension of DIMENSIONS) {
    const estimate = dimensions[dimension];
    if (estimate) all[dimension] = { mean: round(estimate.mean), sd: round(estimate.sd) };
  }
  return all;
}

/** How much stronger an emotion must be than another to count e times as much. */
const STRONGER = 0.1;

/**
 * The rated intensities weighed by themselves, the strongest most; without ratings, 1 - probability of neutral. On SemEval-2018's tweets
 * (1,464 of dev, 380 of our own test part) r .51 / .63; weighed by their categories' probabilities .48 / .59.
 */
function overallIntensity({ probabilities, intensity }: Reading): number {
  const rated = CATEGORIES.flatMap((category) => intensity?.[category] ?? []);
  if (rated.length === 0) return 1 - probabilities[CATEGORIES.indexOf('neutral')]!;
  const weights = softmax(rated, STRONGER);
  return rated.reduce((sum, strength, i) => sum + strength * weights[i]!, 0);
}

export function toRow(id: PredictedRow['id'], reading: Reading, sureness: Sureness): PredictedRow {
  const { probabilities, fine, labels, dimensions, quality, reasons } = reading;
  // As it is written, so that who compares it with a confidence finds what the row found.
  const confidence = round(Math.max(...probabilities));
  return {
    id,
    probabilities: Object.fromEntries(
      CATEGORIES.map((c, i) => [c, round(probabilities[i]!)]),
    ) as PredictedRow['probabilities'],
    fine: Object.fromEntries(Object.entries(fine).map(([label, p]) => [label, round(p)])),
    labels,
    vad: rounded(dimensions),
    intensity: round(overallIntensity(reading)),
    ...(reading.intensity === undefined
      ? {}
      : {
          intensities: Object.fromEntries(
            Object.entries(reading.intensity).map(([category, strength]) => [category, round(strength)]),
          ),
        }),
    confidence,
    abstained: confidence < sureness.abstainBelow || quality < sureness.minimumQuality,
    quality,
    reasons,
  };
}

/** The id of a row that may be no row at all. */
function idOf(value: unknown): FailedRow['id'] {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

export const toFailure = (id: FailedRow['id'], thrown: unknown): FailedRow => ({
  id,
  error: toErrorData(thrown),
});

/** @throws SyntaxError */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Python's json writes NaN, which is no JSON, for what a table has no value for.
    return JSON.parse(
      line.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\bNaN\b/g, (part) => (part === 'NaN' ? 'null' : part)),
    );
  }
}

/** One line of the input file; null stands for one too long to hold. */
export function parseRow<T extends z.ZodType>(
  line: string | null,
  schema: T,
): { ok: true; row: z.output<T> } | { ok: false; failure: FailedRow } {
  if (line === null)
    return { ok: false, failure: toFailure(null, new AttuneError('row-invalid', 'The line is too long.')) };
  let value: unknown;
  try {
    value = parseJson(line);
  } catch {
    return { ok: false, failure: toFailure(null, new AttuneError('row-invalid', 'The line is not JSON.')) };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, row: parsed.data };
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  const error = new AttuneError(
    'row-invalid',
    `The row does not fit: ${where || 'it'} is missing or of the wrong kind.`,
  );
  return { ok: false, failure: toFailure(idOf(value), error) };
}
