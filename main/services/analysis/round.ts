/** One rounding for everything that leaves the analysis, so that window, command line and files agree to the last digit. */
const DIGITS = 1e4;

/** Adding 0 turns -0, which JSON doesn't know, into 0. */

export function rounded<T>(value: T): T {
  if (typeof value === 'number') return (Math.round(value * DIGITS) / DIGITS + 0) as T;
  if (Array.isArray(value)) return value.map(rounded) as T;
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, rounded(v)])) as T;
  return value;
}
