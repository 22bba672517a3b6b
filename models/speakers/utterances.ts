/** Stretches of speech cut where the speaker changes, so that each has one speaker. */
import type { Span } from '#contract/units.ts';
import { FRAME_MS } from '../speech/voice-activity.ts';
import type { SpeakerTurn } from './diarise.ts';

/** A cut is made at the softest place this near to the change: between words, if there is such a place. */
const NEAR_MS = 250;
/** A shorter part stays with its neighbour: nobody can be heard in it. */
const SHORTEST_MS = 300;

/**
 * `segments` and `turns` in order; `levels` in dB, one a frame of FRAME_MS since the start of the recording.
 * What no turn covers belongs to the turn beside it; a segment without any turn to the one before.
 */
export function cutAtTurns(
  segments: readonly Span[],
  turns: readonly SpeakerTurn[],
  levels: ArrayLike<number>,
): SpeakerTurn[] {
  let first = 0;
  let before = turns[0]?.speaker ?? 0;
  return segments.flatMap((segment) => {
    while (first < turns.length && turns[first]!.endMs <= segment.startMs) first++;
    const runs: SpeakerTurn[] = [];
    for (let i = first; i < turns.length && turns[i]!.startMs < segment.endMs; i++) {
      const { speaker } = turns[i]!;
      const startMs = Math.max(segment.startMs, turns[i]!.startMs);
      const endMs = Math.min(segment.endMs, turns[i]!.endMs);
      const last = runs.at(-1);
      if (last && (last.speaker === speaker || endMs - startMs < SHORTEST_MS)) last.endMs = endMs;
      else runs.push({ speaker, startMs, endMs });
    }
    if (runs.length > 1 && runs[0]!.endMs - runs[0]!.startMs < SHORTEST_MS) runs.shift();
    if (runs.length === 0) runs.push({ ...segment, speaker: before });
    before = runs.at(-1)!.speaker;
    return joined(segment, runs, levels);
  });
}

/** Runs that fill the segment without gaps. */
function joined(segment: Span, runs: readonly SpeakerTurn[], levels: ArrayLike<number>): SpeakerTurn[] {
  const half = ({ startMs, endMs }: Span): number => (endMs - startMs) / 2;
  const cuts = runs.slice(1).map((run, i) => {
    const before = runs[i]!;
    const reachMs = Math.min(NEAR_MS, half(before) - FRAME_MS, half(run) - FRAME_MS);
    return softest((before.endMs + run.startMs) / 2, reachMs, levels);
  });
  return runs.map(({ speaker }, i) => ({
    speaker,
    startMs: cuts[i - 1] ?? segment.startMs,
    endMs: cuts[i] ?? segment.endMs,
  }));
}

function softest(middleMs: number, reachMs: number, levels: ArrayLike<number>): number {
  const at = (frame: number): number => levels[frame] ?? 0;
  const center = Math.round(middleMs / FRAME_MS);
  const reach = Math.floor(reachMs / FRAME_MS);
  let best = center;
  const loudness = (frame: number): number => at(frame - 1) + at(frame);
  for (let away = 1; away <= reach; away++)
    for (const frame of [center - away, center + away])
      if (frame > 0 && loudness(frame) < loudness(best)) best = frame;
  return best * FRAME_MS;
}
