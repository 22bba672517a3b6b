/** A long text is read in windows; this brings their answers together. */
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { Dimension, Estimate } from '#contract/emotion/dimensions.ts';
import { mixture } from './mixture.ts';
import type { RowOutput } from './outputs.ts';

/** Logits and means weighted by the windows' tokens; the variance of the mixture. */
export function averaged(windows: readonly RowOutput[], tokens: readonly number[]): RowOutput {
  if (windows.length === 1) return windows[0]!;
  const total = tokens.reduce((a, b) => a + b, 0);
  const shares = tokens.map((count) => count / total);
  const mean = (value: (w: RowOutput) => number) =>
    windows.reduce((sum, w, i) => sum + shares[i]! * value(w), 0);
  const means = (values: (w: RowOutput) => readonly number[]) =>
    values(windows[0]!).map((_, i) => mean((w) => values(w)[i]!));
  const estimates = (d: Dimension): Estimate[] => windows.map((w) => w.dimensions[d]);
  return {
    categoryLogits: means((w) => w.categoryLogits),
    talkLogits: means((w) => w.talkLogits),
    fineLogits: means((w) => w.fineLogits),
    intensity: means((w) => w.intensity),
    dimensions: Object.fromEntries(
      DIMENSIONS.map((d) => [d, mixture(estimates(d), shares)]),
    ) as RowOutput['dimensions'],
  };
}
