/** How much of a stretch lies under marks of one kind. */
import { overlapMs, type Milliseconds, type Span } from '../units.ts';
import type { EventKind, HeardEvent } from './event.ts';

/** Where two marks lie over each other, both count. @param events in order of time */
export function markedMs(events: readonly HeardEvent[], kind: EventKind, span: Span): Milliseconds {
  let sum = 0;
  for (const event of events) {
    if (event.startMs >= span.endMs) break;
    if (event.kind === kind) sum += overlapMs(event, span);
  }
  return Math.min(sum, span.endMs - span.startMs);
}
