/** What an analysis says on one page. */
import { z } from 'zod';
import { category, distribution } from '../emotion/categories.ts';
import { dimensions } from '../emotion/dimensions.ts';
import { milliseconds, probability } from '../units.ts';

export const MOMENT_KINDS = ['strongest', 'valence-drop', 'valence-rise', 'disagreement'] as const;
export const moment = z.object({
  kind: z.enum(MOMENT_KINDS),
  subjectId: z.string(),
  startMs: milliseconds,
  endMs: milliseconds,
  category: category.nullable(),
  /** Confidence for 'strongest', change in valence for rises and drops, bits for 'disagreement'. */
  amount: z.number(),
});
export type Moment = z.infer<typeof moment>;

export const subjectSummary = z.object({
  subjectId: z.string(),
  /** Time with any evidence. */
  observedMs: milliseconds,
  speechMs: milliseconds,
  /** Share of the observed time that reads as each category; "not sure" is left out of it and stands below. */
  shares: distribution,
  notSureShare: probability,
  dimensions,
});
export type SubjectSummary = z.infer<typeof subjectSummary>;

export const summary = z.object({
  durationMs: milliseconds,
  speechMs: milliseconds,
  wordCount: z.number().int().nonnegative(),
  subjects: z.array(subjectSummary),
  moments: z.array(moment),
});
export type Summary = z.infer<typeof summary>;
