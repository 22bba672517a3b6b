/** Fuses a track again only where its evidence changed, in short pieces: main has a window to answer in between. */
import { setImmediate } from 'node:timers/promises';
import type { TrackPiece } from '#contract/analysis/patch.ts';
import type { FusedTrack } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { Milliseconds, Span } from '#contract/units.ts';
import type { FusionSettings } from '#models/fusion/settings.ts';
import { fusedTrack } from '#models/fusion/track.ts';

/** After so many time constants of the slowest dimension, less than a hundredth of a change is left in the smoothed track. */
const REACH = 5;
const PIECE_MS = 60_000;

export interface TrackGrid {
  durationMs: Milliseconds;
  stepMs: Milliseconds;
}

/** `changed`: where the subject's evidence was or is another. */
export async function retracked(
  subjectId: string,
  evidence: readonly Evidence[],
  changed: readonly Span[],
  { durationMs, stepMs }: TrackGrid,
  settings: FusionSettings,
  signal: AbortSignal,
): Promise<TrackPiece[]> {
  const { valence, arousal } = settings.processes;
  const reachMs = REACH * Math.max(valence.timeConstantMs, arousal.timeConstantMs) + settings.fadeMs;
  const pieces: TrackPiece[] = [];
  for (const { startMs, endMs } of pieced(widened(changed, reachMs, durationMs))) {
    await setImmediate();
    signal.throwIfAborted();
    const fromStep = Math.floor(startMs / stepMs);
    const endStep = Math.min(Math.floor(durationMs / stepMs) + 1, Math.ceil(endMs / stepMs) + 1);
    const windowStep = Math.max(0, fromStep - Math.ceil(reachMs / stepMs));
    const windowMs = windowStep * stepMs;
    const near = evidence
      .filter(({ span }) => span.endMs > windowMs - settings.fadeMs && span.startMs < endMs + reachMs)
      .map((e) => ({ ...e, span: { startMs: e.span.startMs - windowMs, endMs: e.span.endMs - windowMs } }));
    const lengthMs = Math.min(durationMs, endMs + reachMs) - windowMs;
    const track = fusedTrack(subjectId, near, lengthMs, stepMs, settings);
    pieces.push({ fromStep, track: sliced(track, fromStep - windowStep, endStep - windowStep) });
  }
  return pieces;
}

/** Widened by `byMs`, in order, joined where they touch. */
function widened(spans: readonly Span[], byMs: Milliseconds, durationMs: Milliseconds): Span[] {
  const out: Span[] = [];
  for (const { startMs, endMs } of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const wide = { startMs: Math.max(0, startMs - byMs), endMs: Math.min(durationMs, endMs + byMs) };
    const last = out.at(-1);
    if (last && wide.startMs <= last.endMs) last.endMs = Math.max(last.endMs, wide.endMs);
    else out.push(wide);
  }
  return out;
}

const pieced = (spans: readonly Span[]): Span[] =>
  spans.flatMap(({ startMs, endMs }) =>
    Array.from({ length: Math.max(1, Math.ceil((endMs - startMs) / PIECE_MS)) }, (_, i) => ({
      startMs: startMs + i * PIECE_MS,
      endMs: Math.min(endMs, startMs + (i + 1) * PIECE_MS),
    })),
  );

const sliced = (track: FusedTrack, from: number, to: number): FusedTrack => ({
  ...track,
  probabilities: track.probabilities.map((column) => column.slice(from, to)),
  confidence: track.confidence.slice(from, to),
  abstained: track.abstained.slice(from, to),
  disagreementBits: track.disagreementBits.slice(from, to),
  valence: track.valence.slice(from, to),
  valenceSd: track.valenceSd.slice(from, to),
  arousal: track.arousal.slice(from, to),
  arousalSd: track.arousalSd.slice(from, to),
});
