/** Steps of a trend that are always equally long, and where weeks begin: the database counts by them, and the axis is drawn by them. */
import type { TrendStep } from '#contract/texts/query.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Months and years are as long as the calendar says, and bins of texts have no length in time. */
export type EvenStep = Exclude<TrendStep, 'month' | 'year' | 'texts'>;

export const WIDTH_MS: Readonly<Record<EvenStep, number>> = {
  minute: MINUTE_MS,
  'ten-minutes': 10 * MINUTE_MS,
  hour: HOUR_MS,
  'six-hours': 6 * HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
};

/** Where bin 0 begins. 1970 began on a Thursday; weeks begin on Monday. */
export const originOf = (step: EvenStep): number => (step === 'week' ? 4 * DAY_MS : 0);
