/** The pause that a moment lies in, or the one after the utterance that it lies in. */
import type { Utterance } from '#contract/transcript/utterance.ts';
import type { Milliseconds, Span } from '#contract/units.ts';

const SHORTEST_MS = 300;

export function silenceAround(
  utterances: readonly Utterance[],
  timeMs: Milliseconds,
  durationMs: Milliseconds,
): Span | null {
  let startMs = 0;
  for (const u of utterances) {
    if (u.startMs > Math.max(timeMs, startMs)) return longEnough({ startMs, endMs: u.startMs });
    startMs = Math.max(startMs, u.endMs);
  }
  return longEnough({ startMs, endMs: Math.floor(durationMs) });
}

const longEnough = (span: Span): Span | null => (span.endMs - span.startMs >= SHORTEST_MS ? span : null);
