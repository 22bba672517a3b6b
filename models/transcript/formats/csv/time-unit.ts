/** Whether the numbers of a table are seconds or milliseconds, where its headings don't say: one answer for all of its times. */
import { fastestMs } from '../../times.ts';

export type TimeUnit = 'ms' | 's';

/** Times as they are written; null where there is none. */
export interface NumberedRow {
  start: string | null;
  end: string | null;
  duration: string | null;
  text: string;
}

/** A last time between a half and the double of the recording's length is of its unit. */
const ABOUT = 2;
/** More of the utterances said faster than anybody speaks, and their times are no milliseconds. */
const HURRIED_SHARE = 0.25;

/**
 * Fractions are seconds. Whole numbers: what ends where the recording does (`durationMs`; Infinity without one); else milliseconds, unless the words
 * could not be said in them.
 */
export function unitOf(rows: readonly NumberedRow[], durationMs: number): TimeUnit {
  const numbers = rows.map(({ start, end, duration }) => [start, end, duration].map(numberOf));
  if (numbers.some((row) => row.some((value) => value % 1 !== 0 && !Number.isNaN(value)))) return 's';
  const last = numbers.reduce((most, [start = NaN, end = NaN]) => Math.max(most, start || 0, end || 0), 0);
  const inSeconds = (last * 1000) / durationMs;
  if (inSeconds > ABOUT) return 'ms';
  if (inSeconds >= 1 / ABOUT) return 's';
  let judged = 0;
  let hurried = 0;
  rows.forEach(({ text }, i) => {
    const [start, end, duration] = numbers[i] as [number, number, number];
    const until = Number.isNaN(end) ? (numbers[i + 1]?.[0] ?? NaN) : end;
    const length = Number.isNaN(duration) ? until - start : duration;
    if (!(length > 0) || text === '') return;
    judged++;
    if (length < fastestMs(text)) hurried++;
  });
  return hurried > HURRIED_SHARE * judged ? 's' : 'ms';
}

/** NaN for a clock and for what is no number. */
export const numberOf = (written: string | null): number =>
  written === null || written.trim() === '' ? NaN : Number(written.replace(',', '.'));
