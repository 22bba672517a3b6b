/** Times as people and programs write them. What is no time, or none of this age, is null, never a guess. */
import type { DateOrder } from '#contract/texts/choice.ts';
import { monthNumber } from './months.ts';
import { AT, HALF_AFTER, HALF_BEFORE, isAfternoon, plainDigits } from './written.ts';

const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(2100, 0, 1);

const CLOCK = String.raw`(?:(${HALF_BEFORE})\s*)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(${HALF_AFTER})?`;
const ZONE = String.raw`\s*(z|[+-]\d{2}(?::?\d{2})?|(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d{2})?)?)?`;
const REST = String.raw`(?:(?:,?\s+(?:${AT})?|t|(?<=[日일]))${CLOCK}${ZONE})?$`;
const WEEKDAY = String.raw`(?:\p{L}{2,10}\.?,?\s+)?`;
const YEAR_FIRST = new RegExp(
  String.raw`^(\d{4})(?:[-/.年]|[.년]\s)(\d{1,2})(?:[-/.月]|[.월]\s)(\d{1,2})[.日일]?${REST}`,
  'iu',
);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${REST}`, 'iu');
/** "3 Apr 2025", "3. März 2025", "3 de abril de 2025". */
const DAY_NAME = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})(?:st|nd|rd|th|er)?[-\s.]+(?:de\s+)?(\p{L}{3,10})\.?[-,\s]+(?:de\s+)?(\d{4}|\d{2})${REST}`,
  'iu',
);
const NAME_DAY = new RegExp(
  String.raw`^${WEEKDAY}(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${REST}`,
  'iu',
);
/** "Tue Mar 12 10:15:00 +0000 2024". */
const MAIL = new RegExp(String.raw`^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+${CLOCK}${ZONE}\s+(\d{4})$`, 'iu');
/** "20250403", "20250403T101500Z". */
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})(z)?)?$/i;
const EPOCH = /^\d{9,10}(?:\.\d+)?$|^\d{12,13}$/;
/** The longest: "Donnerstag, 3. September 2025 14:05:07 GMT+02:00". */
const MAX_CHARACTERS = 50;

type Part = string | undefined;

/** Some programs set narrow or fixed blanks before "PM", marks of direction around numbers, or digits of their own. */
const plain = (written: string): string =>
  plainDigits(written)
    .replaceAll(/[\u200E\u200F\u061C]/g, '')
    .replaceAll('،', ',')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Milliseconds since 1970; without a zone the time counts as UTC. */
export function parseTime(written: string, order: DateOrder): number | null {
  if (written.length > 2 * MAX_CHARACTERS) return null;
  const text = plain(written);
  if (text.length < 6 || text.length > MAX_CHARACTERS) return null;
  if (EPOCH.test(text)) return inRange(Number(text) * (text.length >= 12 && !text.includes('.') ? 1 : 1000));
  let m = COMPACT.exec(text);
  if (m) return moment(m[1], m[2], m[3], [undefined, m[4], m[5], m[6], undefined, m[7]]);
  m = YEAR_FIRST.exec(text);
  if (m) return moment(m[1], m[2], m[3], m.slice(4));
  m = YEAR_LAST.exec(text);
  if (m) {
    const [day, month] = order === 'day-first' ? [m[1], m[3]] : [m[3], m[1]];
    return moment(m[4], month, day, m.slice(5));
  }
  m = DAY_NAME.exec(text);
  if (m) return moment(m[3], monthOf(m[2]), m[1], m.slice(4));
  m = NAME_DAY.exec(text);
  if (m) return moment(m[3], monthOf(m[1]), m[2], m.slice(4));
  m = MAIL.exec(text);
  return m ? moment(m[9], monthOf(m[1]), m[2], m.slice(3, 9)) : null;
}

/** 03/04/2025 is either; 13/04/2025 and 03/03/2025 are not. */
export function isAmbiguous(written: string): boolean {
  const m = YEAR_LAST.exec(plain(written.slice(0, 2 * MAX_CHARACTERS)));
  return m !== null && m[1] !== m[3] && Number(m[1]) <= 12 && Number(m[3]) <= 12;
}

/** Seconds since 1970 or "20250403": as likely a number of something else. */
export const isBareNumber = (written: string): boolean => /^\d+(?:\.\d+)?$/.test(written);

const monthOf = (name: Part): string => String(monthNumber(name ?? ''));

function moment(year: Part, month: Part, day: Part, clock: readonly Part[]): number | null {
  const [before, h, min, s, after, zone] = clock;
  const y = Number(year) + ((year ?? '').length > 2 ? 0 : Number(year) >= 70 ? 1900 : 2000);
  const date = new Date(Date.UTC(y, Number(month) - 1, Number(day)));
  // The 31st of February would become a day in March.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  const hour = hourOf(Number(h ?? 0), before ?? after);
  if (hour === null || Number(min ?? 0) > 59 || Number(s ?? 0) > 59) return null;
  return inRange(
    date.getTime() + (hour * 3600 + Number(min ?? 0) * 60 + Number(s ?? 0)) * 1000 - offsetMs(zone),
  );
}

function hourOf(hour: number, half: Part): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (isAfternoon(half) ? 12 : 0);
}

function offsetMs(zone: Part): number {
  const m = /([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone ?? '');
  if (!m) return 0;
  return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3] ?? 0)) * 60_000;
}

const inRange = (ms: number): number | null => (ms >= FIRST_MS && ms < LAST_MS ? Math.round(ms) : null);
