/** Round times for the axis, and how they are written. */
import type { Milliseconds } from '#contract/units.ts';
import { spanOf, type TimeView } from './scale.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS_MS = [
  100,
  200,
  500,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
];

/** Smallest round step whose ticks stay at least `minGapPx` apart. */
export function tickStep(view: TimeView, widthPx: number, minGapPx = 84): Milliseconds {
  const msPerPx = spanOf(view) / Math.max(1, widthPx);
  return STEPS_MS.find((step) => step / msPerPx >= minGapPx) ?? STEPS_MS.at(-1)!;
}

export function ticks(view: TimeView, stepMs: Milliseconds): Milliseconds[] {
  const out: Milliseconds[] = [];
  for (let t = Math.ceil(view.startMs / stepMs) * stepMs; t <= view.endMs; t += stepMs) out.push(t);
  return out;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** "4:07", "1:02:03", with tenths when the step is below a second. */
export function clock(timeMs: Milliseconds, options: { hours?: boolean; tenths?: boolean } = {}): string {
  const t = Math.max(
    0,
    options.tenths ? Math.round(timeMs / 100) * 100 : Math.floor(timeMs / SECOND) * SECOND,
  );
  const hours = Math.floor(t / HOUR);
  const minutes = Math.floor((t % HOUR) / MINUTE);
  const seconds = Math.floor((t % MINUTE) / SECOND);
  const tail = options.tenths ? `.${Math.floor((t % SECOND) / 100)}` : '';
  return hours > 0 || options.hours
    ? `${hours}:${two(minutes)}:${two(seconds)}${tail}`
    : `${minutes}:${two(seconds)}${tail}`;
}
