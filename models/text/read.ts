/** One text's raw values as a reading: calibrated, and drawn to the base rate as far as the text can't be read. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { Dimensions } from '#contract/emotion/dimensions.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { softmax } from '../softmax.ts';
import { logit, sigmoid } from './outputs.ts';
import type { RowOutput } from './outputs.ts';
import type { TextQuality } from './quality.ts';
import type { TextSettings } from './settings.ts';

/** @param talk the text is a turn of talk: what was said before it was read too */
export function readingOf(
  output: RowOutput,
  { quality, reasons, readable }: TextQuality,
  talk: boolean,
  settings: TextSettings,
  labels: readonly string[],
): Reading {
  const { baseRate, temperature, fineThreshold, intensityOf } = settings;
  const own = talk
    ? withoutRates(softmax(output.talkLogits, temperature.talk), settings)
    : softmax(output.categoryLogits, temperature.alone);
  const base = baseRatesOf(talk, settings);
  const fine = fineOf(output.fineLogits, readable, settings);
  return {
    probabilities: mixed(own, base, readable),
    fine: Object.fromEntries(labels.map((label, i) => [label, fine[i]!])),
    labels: labels
      .map((label, i) => [label, fine[i]!] as const)
      .filter(([, p]) => readable > 0 && p >= fineThreshold)
      .sort((a, b) => b[1] - a[1])
      .map(([label]) => label),
    dimensions: drawnToBase(output.dimensions, baseRate.dimensions, readable),
    ...(intensityOf.length === 0
      ? {}
      : {
          intensity: Object.fromEntries(
            intensityOf.map((category, i) => [
              category,
              readable * output.intensity[i]! + (1 - readable) * baseRate.intensity[i]!,
            ]),
          ),
        }),
    quality,
    reasons: [...reasons],
  };
}

/** What a text that can't be read at all gets. */
export const baseRatesOf = (talk: boolean, settings: TextSettings): readonly number[] =>
  talk ? withoutRates(settings.baseRate.talk, settings) : settings.baseRate.categories;

function withoutRates(p: readonly number[], { baseRate, talkRatesTakenBack: share }: TextSettings): number[] {
  const log = (x: number): number => Math.log(Math.max(x, 1e-9));
  return softmax(
    p.map((x, c) => log(x) - share * log(baseRate.talk[c]!)),
    1,
  );
}

/** log p = readable x log p(own) + (1 - readable) x log p(base), made to sum to 1. */
function mixed(own: readonly number[], base: readonly number[], readable: number): number[] {
  const logs = CATEGORIES.map(
    (_, c) =>
      readable * Math.log(Math.max(own[c]!, 1e-9)) + (1 - readable) * Math.log(Math.max(base[c]!, 1e-9)),
  );
  return softmax(logs, 1);
}

function fineOf(logits: readonly number[], readable: number, settings: TextSettings): number[] {
  const base = settings.baseRate.fine;
  if (settings.fineKind === 'labels')
    return logits.map((x, i) => sigmoid(readable * x + (1 - readable) * logit(base[i]!)));
  const own = softmax(logits, settings.temperature.alone);
  return own.map((p, i) => readable * p + (1 - readable) * base[i]!);
}

function drawnToBase(
  own: RowOutput['dimensions'],
  base: RowOutput['dimensions'],
  readable: number,
): Dimensions {
  const drawn: Dimensions = {};
  for (const d of DIMENSIONS) {
    const mean = readable * own[d].mean + (1 - readable) * base[d].mean;
    const sd = Math.sqrt(readable * own[d].sd ** 2 + (1 - readable) * base[d].sd ** 2);
    drawn[d] = { mean: Math.min(1, Math.max(-1, mean)), sd };
  }
  return drawn;
}
