/** Is what one channel of a call hears only the other channel, leaking over? */
import type { Span } from '#contract/units.ts';
import { FRAME_MS } from '../speech/voice-activity.ts';
import { mean } from '../voice/statistics.ts';

/** A leak is at least this much softer than its source. */
const SOFTER_DB = 8;
/** A leak rises and falls as its source does; two people who talk at once don't. */
const LIKE_SOURCE = 0.75;
/** An echo from the far end comes this much later at most. */
const LONGEST_DELAY_FRAMES = Math.round(400 / FRAME_MS);
const FEWEST_FRAMES = 6;

/** Levels in dB, one a frame of FRAME_MS since the start of the recording. */
export function leaksFrom(own: ArrayLike<number>, other: ArrayLike<number>, span: Span): boolean {
  const from = Math.floor(span.startMs / FRAME_MS);
  const to = Math.min(own.length, Math.ceil(span.endMs / FRAME_MS));
  if (to - from < FEWEST_FRAMES) return false;
  const heard = Array.from({ length: to - from }, (_, i) => own[from + i]!);
  for (let delay = 0; delay <= LONGEST_DELAY_FRAMES; delay++) {
    if (from - delay < 0) break;
    const source = heard.map((_, i) => other[from - delay + i] ?? -100);
    if (mean(source) - mean(heard) >= SOFTER_DB && correlation(heard, source) >= LIKE_SOURCE) return true;
  }
  return false;
}

/** Pearson's; 0 where one of them doesn't vary. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const [meanX, meanY] = [mean(x), mean(y)];
  let both = 0;
  let ofX = 0;
  let ofY = 0;
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - meanX, y[i]! - meanY];
    both += dx * dy;
    ofX += dx * dx;
    ofY += dy * dy;
  }
  return ofX > 0 && ofY > 0 ? both / Math.sqrt(ofX * ofY) : 0;
}
