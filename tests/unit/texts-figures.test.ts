/** Intervals against published values, and axes that a calendar knows. */
import { expect, test } from 'vitest';
import { meanOf, shareOf, student } from '#main/services/texts/intervals.ts';
import { axisOf, startOf } from '#main/services/texts/trend-axis.ts';

const day = (month: number, date: number, year = 2025): number => Date.UTC(year, month - 1, date);

test('Student’s t at 97.5 %, against the table', () => {
  const table = [
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [19, 2.093],
    [99, 1.984],
  ] as const;
  for (const [degrees, t] of table) expect(Math.abs(student(degrees) / t - 1)).toBeLessThan(0.005);
});

test('a mean’s interval', () => {
  const values = [0.1, 0.2, 0.3, 0.4, 0.5];
  const moments = { n: 5, sum: 1.5, squares: values.reduce((sum, v) => sum + v * v, 0) };
  const { mean, interval } = meanOf(moments)!;
  expect(mean).toBeCloseTo(0.3);
  // 2.776 · √(0.025 / 5)
  expect(interval!.high - mean).toBeCloseTo(0.1963, 3);
  expect(meanOf({ n: 4, sum: 1, squares: 1 })!.interval).toBeNull();
  expect(meanOf({ n: 0, sum: 0, squares: 0 })).toBeNull();
});

test('a share’s interval (Wilson), also at nothing and at all', () => {
  // Newcombe 1998, table I: 81 of 263.
  const { share, interval } = shareOf(81, 263);
  expect(share).toBeCloseTo(0.308, 3);
  expect(interval!.low).toBeCloseTo(0.2553, 4);
  expect(interval!.high).toBeCloseTo(0.3662, 4);
  expect(shareOf(0, 20).interval).toMatchObject({ low: 0 });
  expect(shareOf(0, 20).interval!.high).toBeCloseTo(0.1611, 4);
  expect(shareOf(20, 20).interval!.high).toBe(1);
  expect(shareOf(1, 4).interval).toBeNull();
});

test.each([
  [day(1, 1), day(1, 1) + 30 * 60_000, 'minute', 31],
  [day(1, 1), day(1, 3), 'hour', 49],
  [day(1, 1), day(2, 10), 'day', 41],
  // 2024-12-30 is the Monday before.
  [day(1, 1), day(12, 31), 'week', 53],
  [day(1, 15, 2021), day(12, 31), 'month', 60],
  [day(1, 1, 2000), day(12, 31), 'year', 26],
])('an axis from %d to %d goes by the %s', (fromMs, toMs, step, count) => {
  const axis = axisOf({ span: { fromMs, toMs }, count: 500 }, null);
  expect(axis).toMatchObject({ by: 'time', step, count });
  expect(startOf(axis, axis.first)).toBeLessThanOrEqual(fromMs);
  expect(startOf(axis, axis.first + count)).toBeGreaterThan(toMs);
  expect(startOf(axis, axis.first + 1)).toBeGreaterThan(fromMs);
});

test('weeks begin on Mondays, and a chosen week is parted into hours', () => {
  const year = axisOf({ span: { fromMs: day(1, 1), toMs: day(12, 31) }, count: 500 }, null);
  expect(new Date(startOf(year, year.first + 3)).getUTCDay()).toBe(1);
  const stretch = { by: 'time', from: day(3, 3), to: day(3, 10) } as const;
  const week = axisOf({ span: { fromMs: day(1, 1), toMs: day(12, 31) }, count: 500 }, stretch);
  expect(week).toMatchObject({ step: 'six-hours', count: 28 });
  expect(startOf(week, week.first)).toBe(stretch.from);
});

test('without times, or with one alone, texts are parted by their order', () => {
  const axis = axisOf({ span: null, count: 1000 }, null);
  expect(axis).toMatchObject({ by: 'order', step: 'texts', from: 1, to: 1001, count: 60 });
  const starts = Array.from({ length: 61 }, (_, i) => startOf(axis, i));
  expect([starts[0], starts[60]]).toEqual([1, 1001]);
  expect(axisOf({ span: { fromMs: 5, toMs: 5 }, count: 3 }, null)).toMatchObject({ by: 'order', count: 3 });
});
