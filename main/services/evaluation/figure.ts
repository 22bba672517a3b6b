/** One measured number, with what it takes to believe it. */
import { z } from 'zod';

export const EVALUATION_TASKS = ['text', 'voice', 'face', 'fusion'] as const;
export const evaluationTask = z.enum(EVALUATION_TASKS);
export type EvaluationTask = z.infer<typeof evaluationTask>;

/** Which of a task's tables a figure stands in. */
export const FIGURE_TABLES = ['figures', 'confidence', 'groups', 'curves'] as const;

export const figure = z.object({
  task: evaluationTask,
  /** Key of CORPORA, or a mixture's own name. */
  corpus: z.string(),
  /** Which rows of it. */
  part: z.string(),
  /** How the items were read, where there are several ways: alone, against the speaker's own voice … Empty: one way. */
  way: z.string().default(''),
  metric: z.string(),
  table: z.enum(FIGURE_TABLES),
  /** null: not defined on these rows. */
  value: z.number().nullable(),
  /** 95 % bootstrap interval. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Items. */
  n: z.number().int().nonnegative(),
  /** What was drawn in the bootstrap, and how many there were. */
  units: z.object({ kind: z.string(), count: z.number().int().nonnegative() }),
  /** What the weights saw of these rows, in words. */
  exposure: z.string().default(''),
  /** Absent: measured here with the shipped weights; else the command that measured it. */
  command: z.string().optional(),
  note: z.string().optional(),
});
export type Figure = z.infer<typeof figure>;

/** The name that goals and cards know a figure by. */
export const figureId = ({
  task,
  corpus,
  part,
  way,
  metric,
}: Pick<Figure, 'task' | 'corpus' | 'part' | 'way' | 'metric'>): string =>
  [task, corpus, part, ...(way === '' ? [] : [way]), metric].join(' / ');

/** A task's figures, and what could not be measured or is not known. */
export const section = z.object({
  task: evaluationTask,
  /** `id@version (sha256)` of what was measured. */
  weights: z.array(z.string()),
  figures: z.array(figure),
  notes: z.array(z.string()),
  /** True: on samples of the rows, with few bootstrap draws. */
  quick: z.boolean(),
});
export type Section = z.infer<typeof section>;

/** The JSON beside the page. */
export const evaluationResults = z.object({
  format: z.literal('attune.evaluation'),
  version: z.literal(1),
  sections: z.array(section),
});
export type EvaluationResults = z.infer<typeof evaluationResults>;
