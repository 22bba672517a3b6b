/** What stretch a mark covers that is set at a moment. */
import type { EventKind } from '#contract/transcript/event.ts';
import type { Span } from '#contract/units.ts';

/** Where somebody laughs or sighs, the moment is known and the length isn't. */
const MARK_MS = 1000;

export interface MarkedMoment {
  readonly atMs: number;
  readonly durationMs: number;
  /** The silence round the moment, and the utterance in which it lies or which came last. */
  readonly silence: Span | null;
  readonly utterance: Span | undefined;
}

/** Null where there is no such thing to mark. How somebody usually sounds takes more than a second to hear, so `neutral` is of a whole utterance. */
export function markSpan(
  kind: EventKind,
  { atMs, durationMs, silence, utterance }: MarkedMoment,
): Span | null {
  if (kind === 'silence') return silence;
  if (kind === 'neutral')
    return utterance && atMs < utterance.endMs
      ? { startMs: utterance.startMs, endMs: utterance.endMs }
      : null;
  const endMs = Math.min(atMs + MARK_MS, Math.floor(durationMs));
  return { startMs: Math.min(atMs, endMs - 1), endMs };
}
