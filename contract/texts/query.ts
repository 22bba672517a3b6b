/** Questions to a session of texts; all of them are answered from the database, none needs the texts in memory. */
import { z } from 'zod';
import { CATEGORIES } from '../emotion/categories.ts';
import { probability } from '../units.ts';
import { readsAs, READS_AS } from './collection.ts';

const count = z.number().int().nonnegative();
const nameId = count;

/** A part of the trend's axis, half open: times, or places in the file's order. */
export const stretch = z.object({
  by: z.enum(['time', 'order']),
  from: z.number().int(),
  to: z.number().int(),
});
export type Stretch = z.infer<typeof stretch>;

export const textFilter = z.object({
  query: z.string().max(200).default(''),
  readsAs: readsAs.nullable().default(null),
  /** Ids of names; 0: texts without one. */
  authorId: nameId.nullable().default(null),
  topicId: nameId.nullable().default(null),
  stretch: stretch.nullable().default(null),
});
export type TextFilter = z.infer<typeof textFilter>;
export const EVERY_TEXT: TextFilter = textFilter.parse({});

/** Fewer than this say little: what is shown of them says so. */
export const FEW_TEXTS = 20;

/** A 95 % interval from the spread between texts alone; the model's own error is not in it. Null with fewer than 5 texts. */
const bounds = z.object({ low: z.number(), high: z.number() }).nullable();
export const meanOf = z.object({ mean: z.number(), interval: bounds });
export type MeanOf = z.infer<typeof meanOf>;
export const shareOf = z.object({ share: probability, interval: bounds });
export type ShareOf = z.infer<typeof shareOf>;

export const textAggregate = z.object({
  /** Texts that were read. */
  n: count,
  /** In the order of READS_AS. */
  counts: z.array(count).length(READS_AS.length),
  /** Of the n texts (Wilson score interval), in the same order; empty when n is 0. */
  shares: z.array(shareOf),
  /** Mean of the texts' means (Student's t). */
  valence: meanOf.nullable(),
  arousal: meanOf.nullable(),
});
export type TextAggregate = z.infer<typeof textAggregate>;

export const TREND_STEPS = [
  'minute',
  'ten-minutes',
  'hour',
  'six-hours',
  'day',
  'week',
  'month',
  'year',
] as const;
export const trendStep = z.enum([...TREND_STEPS, 'texts']);
export type TrendStep = z.infer<typeof trendStep>;

export const trendBin = z.object({ from: z.number().int(), to: z.number().int(), all: textAggregate });
export type TrendBin = z.infer<typeof trendBin>;
export const textTrend = z.object({
  by: stretch.shape.by,
  step: trendStep,
  bins: z.array(trendBin),
  /** Texts that were read but have no time. */
  untimed: count,
});
export type TextTrend = z.infer<typeof textTrend>;

export const groupKind = z.enum(['author', 'topic']);
export type GroupKind = z.infer<typeof groupKind>;
export const GROUP_ORDERS = ['count', 'name', 'valence', 'arousal', ...CATEGORIES, 'not-sure'] as const;
export const groupOrder = z.enum(GROUP_ORDERS);
export type GroupOrder = z.infer<typeof groupOrder>;
export const textGroup = z.object({ id: nameId, name: z.string().nullable(), all: textAggregate });
export type TextGroup = z.infer<typeof textGroup>;

export const itemPlace = z.object({ offset: count, limit: z.number().int().min(1).max(1000) });
export type ItemPlace = z.infer<typeof itemPlace>;
