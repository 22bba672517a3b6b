/** The stretch of time in view and its mapping to pixels. Pure: every function returns a new view. */
import type { Milliseconds } from '#contract/units.ts';

export interface TimeView {
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
}

/** Nothing shorter can be looked at: below it neither words nor faces change. */
export const MIN_VIEW_MS = 500;

export const spanOf = (view: TimeView): Milliseconds => view.endMs - view.startMs;
export const toX = (view: TimeView, widthPx: number, timeMs: Milliseconds): number =>
  ((timeMs - view.startMs) / spanOf(view)) * widthPx;
export const toMs = (view: TimeView, widthPx: number, x: number): Milliseconds =>
  view.startMs + (x / Math.max(1, widthPx)) * spanOf(view);

export const fit = (durationMs: Milliseconds): TimeView => ({
  startMs: 0,
  endMs: Math.max(MIN_VIEW_MS, durationMs),
});

/** Moves the view inside 0..durationMs without changing its length, unless it is longer than the recording. */
export function clampView(view: TimeView, durationMs: Milliseconds): TimeView {
  const whole = Math.max(MIN_VIEW_MS, durationMs);
  const length = Math.min(whole, Math.max(MIN_VIEW_MS, spanOf(view)));
  const startMs = Math.min(Math.max(0, view.startMs), whole - length);
  return { startMs, endMs: startMs + length };
}

/** Zooms by `factor` (> 1: closer) and keeps `anchorMs` under the same pixel. */
export function zoom(
  view: TimeView,
  factor: number,
  anchorMs: Milliseconds,
  durationMs: Milliseconds,
): TimeView {
  const whole = Math.max(MIN_VIEW_MS, durationMs);
  const length = Math.min(whole, Math.max(MIN_VIEW_MS, spanOf(view) / factor));
  const share = (anchorMs - view.startMs) / spanOf(view);
  const startMs = anchorMs - share * length;
  return clampView({ startMs, endMs: startMs + length }, durationMs);
}

export const pan = (view: TimeView, byMs: Milliseconds, durationMs: Milliseconds): TimeView =>
  clampView({ startMs: view.startMs + byMs, endMs: view.endMs + byMs }, durationMs);

/** The view that shows `timeMs`, turned by whole pages as playback runs out of it. */
export function follow(view: TimeView, timeMs: Milliseconds, durationMs: Milliseconds): TimeView {
  if (timeMs >= view.startMs && timeMs <= view.endMs) return view;
  const length = spanOf(view);
  return clampView({ startMs: timeMs - length * 0.08, endMs: timeMs + length * 0.92 }, durationMs);
}
