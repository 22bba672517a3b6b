/** How much of a stretch lies under marks of one kind. */
import { overlapMs, type Milliseconds, type Span } from '../units.ts';
import type { EventKind, HeardEvent } from './event.ts';

/** Where two marks lie over each other, the stretch counts once. @param events in order of time */
export function markedMs(events: readonly HeardEvent[], kind: EventKind, span: Span): Milliseconds {
  let [sum, until] = [0, span.startMs];
  for (const event of events) {
    if (event.startMs >= span.endMs) break;
    if (event.kind !== kind || event.endMs <= until) continue;
    sum += overlapMs(event, { startMs: until, endMs: span.endMs });
    until = event.endMs;
  }
  return sum;
}
