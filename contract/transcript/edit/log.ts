/** Who changed what when, and where the transcript stands. */
import { z } from 'zod';
import { isoTime } from '../../units.ts';
import { transcriptChange } from './change.ts';
import { editOperation } from './operation.ts';

/** Edits count up from 0, the transcript before the first of them. */
export const revision = z.number().int().nonnegative();

export const EDIT_ACTIONS = ['edit', 'undo', 'redo', 'restore', 'replace'] as const;
/** `restore`: back to the transcript before the first edit; `replace`: another transcript in place of this one. */
export const editAction = z.enum(EDIT_ACTIONS);
export type EditAction = z.infer<typeof editAction>;

export const editState = z.object({ revision, canUndo: z.boolean(), canRedo: z.boolean() });
export type EditState = z.infer<typeof editState>;

/** What is durable now. */
export const editOutcome = editState.extend({ change: transcriptChange });
export type EditOutcome = z.infer<typeof editOutcome>;

export const editEntry = z.object({
  revision,
  at: isoTime,
  /** The name in the settings at that time; empty: none. */
  annotator: z.string(),
  action: editAction,
  /** Edits of one burst of typing share a group: they are undone together. */
  group: z.string().nullable(),
  /** What the person did, for `edit`. */
  operation: editOperation.nullable(),
  change: transcriptChange,
});
export type EditEntry = z.infer<typeof editEntry>;
