/** What times are written with in several languages, as parts of patterns. */

/** Halves of the day before the clock. */
export const HALF_BEFORE = '上午|凌晨|清晨|早上|午前|오전|下午|中午|傍晚|晚上|午後|오후';
/** And after it; Spanish and Arabic programs write "p. m." and "م". */
export const HALF_AFTER = String.raw`[ap]\.?\s?m\.?|[صم]`;
/** "12/03/2024 à 10:15", "12.3.2024 klo 10.15", "April 3, 2025 at 2:05 PM". */
export const AT = String.raw`(?:à|às|at|klo\.?|kl\.?|um|alle|a las)\s+`;

export const isAfternoon = (half: string): boolean => /^(?:p|下午|中午|傍晚|晚上|午後|오후|م)/i.test(half);

/** Digits of every script as 0 to 9. */
export const plainDigits = (text: string): string =>
  text.replaceAll(/[^\P{Nd}0-9]/gu, (digit) => {
    // Unicode's digits begin at a place that ends in 0, or in 6 after places that hold none.
    const code = digit.codePointAt(0)!;
    const fromZero = /\p{Nd}/u.test(String.fromCodePoint(code - (code % 16)));
    return String((code % 16) - (fromZero ? 0 : 6));
  });
