/** Which evidence bears on a moment. */
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { Milliseconds } from '#contract/units.ts';

/** 1 inside the evidence's span, falling linearly to 0 at `fadeMs` before and after it. */
export function nearness(
  { span }: Pick<Evidence, 'span'>,
  timeMs: Milliseconds,
  fadeMs: Milliseconds,
): number {
  const outsideMs = Math.max(span.startMs - timeMs, timeMs - span.endMs, 0);
  return Math.max(0, 1 - outsideMs / fadeMs);
}

/**
 * A look-up of the evidence near ascending times: each call gives those of positive nearness, their quality multiplied by it. Where a modality
 * speaks of the very moment, its pieces beside it are left out: they fill gaps, and would make a row of windows ripple with its own step.
 * Calls must not go back in time. Linear in evidence + times x overlap.
 */
export function activeEvidence<E extends Pick<Evidence, 'modality' | 'span' | 'quality'>>(
  evidence: readonly E[],
  fadeMs: Milliseconds,
): (timeMs: Milliseconds) => E[] {
  const waiting = [...evidence].sort((a, b) => a.span.startMs - b.span.startMs);
  let next = 0;
  let open: E[] = [];
  return (timeMs) => {
    while (next < waiting.length && waiting[next]!.span.startMs - fadeMs < timeMs)
      open.push(waiting[next++]!);
    open = open.filter((e) => e.span.endMs + fadeMs > timeMs);
    const covered = new Set(open.filter((e) => covers(e, timeMs)).map((e) => e.modality));
    return open
      .filter((e) => !covered.has(e.modality) || covers(e, timeMs))
      .map((e) => ({ ...e, quality: e.quality * nearness(e, timeMs, fadeMs) }));
  };
}

export const covers = ({ span }: Pick<Evidence, 'span'>, timeMs: Milliseconds): boolean =>
  span.startMs <= timeMs && timeMs < span.endMs;
