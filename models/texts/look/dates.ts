/** Times as people and programs write them. What is no time, or none of this age, is null, never a guess. */
import type { DateOrder } from '#contract/texts/choice.ts';

const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(2100, 0, 1);

const CLOCK = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?\s?m\.?)?`;
const ZONE = String.raw`\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?`;
const REST = String.raw`(?:(?:,?\s+|t)${CLOCK}${ZONE})?$`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?${REST}`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${REST}`, 'i');
const DAY_NAME = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-\s.]+([a-z]{3,9})\.?[-,\s]+(\d{4}|\d{2})${REST}`,
  'i',
);
const NAME_DAY = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${REST}`,
  'i',
);
/** "Tue Mar 12 10:15:00 +0000 2024". */
const MAIL = new RegExp(String.raw`^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+${CLOCK}${ZONE}\s+(\d{4})$`, 'i');
const EPOCH = /^\d{9,10}(?:\.\d+)?$|^\d{12,13}$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Part = string | undefined;

/** Milliseconds since 1970; without a zone the time counts as UTC. */
export function parseTime(written: string, order: DateOrder): number | null {
  // Some programs set narrow or fixed blanks before "PM".
  const text = written.replaceAll(/[\s\u00A0\u202F\u200E]+/g, ' ').trim();
  if (text.length < 6 || text.length > 40) return null;
  if (EPOCH.test(text)) return inRange(Number(text) * (text.length >= 12 && !text.includes('.') ? 1 : 1000));
  let m = YEAR_FIRST.exec(text);
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
  return m ? moment(m[8], monthOf(m[1]), m[2], m.slice(3, 8)) : null;
}

/** 03/04/2025 is either; 13/04/2025 and 03/03/2025 are not. */
export function isAmbiguous(written: string): boolean {
  const m = YEAR_LAST.exec(written.trim());
  return m !== null && m[1] !== m[3] && Number(m[1]) <= 12 && Number(m[3]) <= 12;
}

const monthOf = (name: Part): string => String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);

function moment(year: Part, month: Part, day: Part, clock: readonly Part[]): number | null {
  const [h, min, s, half, zone] = clock;
  const y = Number(year) + ((year ?? '').length > 2 ? 0 : Number(year) >= 70 ? 1900 : 2000);
  const date = new Date(Date.UTC(y, Number(month) - 1, Number(day)));
  // The 31st of February would become a day in March.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  const hour = hourOf(Number(h ?? 0), half);
  if (hour === null || Number(min ?? 0) > 59 || Number(s ?? 0) > 59) return null;
  return inRange(
    date.getTime() + (hour * 3600 + Number(min ?? 0) * 60 + Number(s ?? 0)) * 1000 - offsetMs(zone),
  );
}

function hourOf(hour: number, half: Part): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

function offsetMs(zone: Part): number {
  const m = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (!m) return 0;
  return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) * 60_000;
}

const inRange = (ms: number): number | null => (ms >= FIRST_MS && ms < LAST_MS ? Math.round(ms) : null);
