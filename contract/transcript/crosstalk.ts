/** How much of a stretch is marked as several people speaking at once. */
import type { Milliseconds, Span } from '../units.ts';
import type { HeardEvent } from './event.ts';

/** Where two marks lie over each other, both count. @param events in order of time */
export function crosstalkMs(events: readonly HeardEvent[], { startMs, endMs }: Span): Milliseconds {
  let sum = 0;
  for (const event of events) {
    if (event.startMs >= endMs) break;
    if (event.kind !== 'crosstalk') continue;
    sum += Math.max(0, Math.min(event.endMs, endMs) - Math.max(event.startMs, startMs));
  }
  return Math.min(sum, endMs - startMs);
}
