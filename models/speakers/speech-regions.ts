/** Where exactly somebody speaks, from the probabilities of voice activity: tighter than the segments that are cut for recognition. */
import type { Span } from '#contract/units.ts';
import { FRAME_MS } from '../speech/voice-activity.ts';
import type { SpeakerSettings } from './settings.ts';

/** Stretches of speech in frames of FRAME_MS, in order; times from `startMs`, the first frame's. */
export function speechRegions(
  activity: ArrayLike<number>,
  startMs: number,
  { onset, release, pauseMs, speechMs, paddingMs }: SpeakerSettings['regions'],
): Span[] {
  const found: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | null = null;
  for (let frame = 0; frame < activity.length; frame++) {
    const probability = activity[frame]!;
    if (open === null && probability >= onset) open = { from: frame, to: frame + 1 };
    else if (open !== null && probability >= release) open.to = frame + 1;
    else if (open !== null && (frame + 1 - open.to) * FRAME_MS >= pauseMs) {
      found.push(open);
      open = null;
    }
  }
  if (open !== null) found.push(open);
  return found
    .filter(({ from, to }) => (to - from) * FRAME_MS >= speechMs)
    .map(({ from, to }) => ({
      startMs: startMs + Math.max(0, from * FRAME_MS - paddingMs),
      endMs: startMs + Math.min(activity.length * FRAME_MS, to * FRAME_MS + paddingMs),
    }));
}
