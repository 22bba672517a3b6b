/** Times of WebVTT (https://www.w3.org/TR/webvtt1/#webvtt-timestamp) and SRT cues. */

/** `[-][h:]m:s[.,]ms`, both ways; hours and milliseconds may be missing, and without hours the minutes go on over 99. */
const TIME = String.raw`(-?)(?:(\d{1,5}):(?=\d{1,2}:))?(\d{1,5}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const LINE = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}(?:\s|$)`);
const CLOCK = new RegExp(`^${TIME}$`);

export interface CueTimes {
  /** NaN when the line has an arrow but no times that can be read. */
  startMs: number;
  endMs: number;
}

/** Whether any line is a timing line; an arrow may stand in anybody's words. */
export const hasCues = (text: string): boolean => /^[ \t]*-?\d[\d:.,]*[ \t]*-->/m.test(text);

/** Null for a line that is no timing line. */
export function parseCueTimes(line: string): CueTimes | null {
  if (!line.includes('-->')) return null;
  const match = LINE.exec(line);
  if (match === null) return { startMs: NaN, endMs: NaN };
  return { startMs: toMs(match.slice(1, 6)), endMs: toMs(match.slice(6, 11)) };
}

/** Milliseconds of `[h:]mm:ss[.fff]`; NaN for anything else. */
export function parseClock(text: string): number {
  const match = CLOCK.exec(text.trim());
  return match === null ? NaN : toMs(match.slice(1, 6));
}

function toMs([sign, hours, minutes, seconds, fraction]: (string | undefined)[]): number {
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  const ms = whole * 1000 + Number((fraction ?? '0').padEnd(3, '0'));
  return sign === '-' ? -ms : ms;
}

/** `hh:mm:ss.mmm`, with the mark that the format puts before the milliseconds. */
export function formatClock(ms: number, mark: '.' | ',' = '.'): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${clock}${mark}${String(ms % 1000).padStart(3, '0')}`;
}
