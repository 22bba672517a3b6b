/** How much of a stretch is marked as several people speaking at once. */
import { overlapMs, type Milliseconds, type Span } from '../units.ts';
import type { HeardEvent } from './event.ts';

/** Where two marks lie over each other, both count. @param events in order of time */
export function crosstalkMs(events: readonly HeardEvent[], span: Span): Milliseconds {
  let sum = 0;
  for (const event of events) {
    if (event.startMs >= span.endMs) break;
    if (event.kind === 'crosstalk') sum += overlapMs(event, span);
  }
  return Math.min(sum, span.endMs - span.startMs);
}
