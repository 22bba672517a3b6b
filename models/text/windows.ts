/** A long text is read in windows; this brings their answers together. */
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { Dimension, Estimate } from '#contract/emotion/dimensions.ts';
import type { RowOutput } from './outputs.ts';

/** Logits and means weighted by the windows' tokens; the variance of the mixture. */
export function averaged(windows: readonly RowOutput[], tokens: readonly number[]): RowOutput {
  if (windows.length === 1) return windows[0]!;
  const total = tokens.reduce((a, b) => a + b, 0);
  const mean = (value: (w: RowOutput) => number) =>
    windows.reduce((sum, w, i) => sum + (tokens[i]! / total) * value(w), 0);
  const means = (values: (w: RowOutput) => readonly number[]) =>
    values(windows[0]!).map((_, i) => mean((w) => values(w)[i]!));
  const estimate = (d: Dimension): Estimate => {
    const m = mean((w) => w.dimensions[d].mean);
    const second = mean((w) => w.dimensions[d].sd ** 2 + w.dimensions[d].mean ** 2);
    return { mean: m, sd: Math.sqrt(Math.max(0, second - m * m)) };
  };
  return {
    categoryLogits: means((w) => w.categoryLogits),
    talkLogits: means((w) => w.talkLogits),
    fineLogits: means((w) => w.fineLogits),
    intensity: means((w) => w.intensity),
    dimensions: Object.fromEntries(DIMENSIONS.map((d) => [d, estimate(d)])) as RowOutput['dimensions'],
  };
}
