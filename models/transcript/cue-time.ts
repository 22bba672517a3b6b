/** Times of WebVTT (https://www.w3.org/TR/webvtt1/#webvtt-timestamp) and SRT cues. */

/** `[-][h:]m:s[.,]ms`, both ways; hours and milliseconds may be missing. */
const TIME = String.raw`(-?)(?:(\d{1,5}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const LINE = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}(?:\s|$)`);

export interface CueTimes {
  /** NaN when the line has an arrow but no times that can be read. */
  startMs: number;
  endMs: number;
}

/** Null for a line that is no timing line. */
export function parseCueTimes(line: string): CueTimes | null {
  if (!line.includes('-->')) return null;
  const match = LINE.exec(line);
  if (match === null) return { startMs: NaN, endMs: NaN };
  return { startMs: toMs(match.slice(1, 6)), endMs: toMs(match.slice(6, 11)) };
}

function toMs([sign, hours, minutes, seconds, fraction]: (string | undefined)[]): number {
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  const ms = whole * 1000 + Number((fraction ?? '0').padEnd(3, '0'));
  return sign === '-' ? -ms : ms;
}
