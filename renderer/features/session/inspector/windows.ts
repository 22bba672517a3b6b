/** Several face windows as what the face said during one utterance: the same averaging that the fusion was given. */
import type { Evidence } from '#contract/emotion/evidence.ts';
import { overlapMs, type Span } from '#contract/units.ts';

/** Keeps a logarithm finite. */
const LEAST = 1e-6;

const insideShare = (window: Span, span: Span): number =>
  overlapMs(window, span) / Math.max(1, window.endMs - window.startMs);

/** Log probabilities, fine labels and quality averaged with the weight quality x the window's share inside the span; null without a window in it. */
export function windowsDuring(span: Span, windows: readonly Evidence[]): Evidence | null {
  const inside = windows
    .filter((e) => e.span.startMs < span.endMs && span.startMs < e.span.endMs)
    .map((e) => ({ e, weight: e.quality * insideShare(e.span, span) }))
    .filter(({ weight }) => weight > 0);
  const [first] = inside;
  if (!first) return null;
  const total = inside.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (e: Evidence) => number): number =>
    inside.reduce((sum, { e, weight }) => sum + (weight / total) * of(e), 0);
  const raised = first.e.probabilities.map((_, c) =>
    Math.exp(mean((e) => Math.log(Math.max(LEAST, e.probabilities[c] ?? 0)))),
  );
  const norm = raised.reduce((sum, p) => sum + p, 0);
  return {
    ...first.e,
    span,
    probabilities: raised.map((p) => p / norm),
    fine: Object.fromEntries(
      Object.keys(first.e.fine).map((label) => [label, mean((e) => e.fine[label] ?? 0)]),
    ),
    labels: [...new Set(inside.flatMap(({ e }) => e.labels))],
    quality: mean((e) => e.quality),
    reasons: [...new Set(inside.flatMap(({ e }) => e.reasons))],
  };
}
