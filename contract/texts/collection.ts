/** A session of texts: where it came from, how far it is read, and its single texts. */
import { z } from 'zod';
import { CATEGORIES, distribution } from '../emotion/categories.ts';
import { dimensions } from '../emotion/dimensions.ts';
import { qualityReason } from '../emotion/evidence.ts';
import { errorCode, errorData } from '../errors.ts';
import { recordingState } from '../library/entities.ts';
import { probability } from '../units.ts';
import { dateOrder, textContext } from './choice.ts';
import { textsFormat } from './preview.ts';

const count = z.number().int().nonnegative();
/** Milliseconds since 1970 in UTC; a time without a zone counts as UTC, so that it is shown as it was written. */
export const epochMs = z.number().int();

export const readsAs = z.enum([...CATEGORIES, 'not-sure']);
export type ReadsAs = z.infer<typeof readsAs>;
export const READS_AS = readsAs.options;

/** What was not taken from the file, and times in it that are none. */
export const leftOut = z.object({ empty: count, tooLong: count, timesUnreadable: count });
export type LeftOut = z.infer<typeof leftOut>;
export const EMPTY_LEFT_OUT: LeftOut = { empty: 0, tooLong: 0, timesUnreadable: 0 };

export const textsSource = z.object({
  name: z.string(),
  bytes: count,
  format: textsFormat,
  /** Names of the columns chosen. */
  columns: z.object({
    text: z.string(),
    time: z.string().nullable(),
    author: z.string().nullable(),
    topic: z.string().nullable(),
  }),
  context: textContext,
  dateOrder,
});
export type TextsSource = z.infer<typeof textsSource>;

export const textCollection = z.object({
  sessionId: z.string(),
  source: textsSource,
  leftOut,
  state: recordingState,
  error: errorData.nullable(),
  count,
  /** Texts read so far: always the first ones. Those that failed are among them. */
  read: count,
  failed: count,
  authors: count,
  topics: count,
  span: z.object({ fromMs: epochMs, toMs: epochMs }).nullable(),
  /** `id@version` of the models that read it. */
  models: z.array(z.string()),
});
export type TextCollection = z.infer<typeof textCollection>;

export const textReading = z.object({
  probabilities: distribution,
  readsAs,
  confidence: probability,
  dimensions,
  /** Finer labels above their own thresholds. */
  labels: z.array(z.string()),
  quality: probability,
  reasons: z.array(qualityReason),
});
export type TextReading = z.infer<typeof textReading>;

export const textItem = z.object({
  /** Counted from 1 in the order of the file. */
  seq: z.number().int().positive(),
  /** Of the file, counted from 1: where to look it up. */
  fileRow: z.number().int().positive(),
  timeMs: epochMs.nullable(),
  author: z.string().nullable(),
  topic: z.string().nullable(),
  text: z.string(),
  /** Null: not read yet, or it failed. */
  reading: textReading.nullable(),
  failure: errorCode.nullable(),
});
export type TextItem = z.infer<typeof textItem>;
