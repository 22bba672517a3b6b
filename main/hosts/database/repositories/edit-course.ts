/** What undo and redo would take, from the course of a transcript's edits. */
import type { EditAction } from '#contract/transcript/edit/log.ts';

export interface EditStep {
  revision: number;
  action: EditAction;
  group: string | null;
}

/** Edits that are undone and redone together: revisions from first to last. */
export interface EditGroup {
  first: number;
  last: number;
}

export interface EditCourse {
  undo: EditGroup | null;
  redo: EditGroup | null;
}

/** `steps` in order. A new edit makes what was undone unreachable by redo; it stays in the log. */
export function courseOf(steps: Iterable<EditStep>): EditCourse {
  const done: (EditGroup & { group: string | null })[] = [];
  let undone: typeof done = [];
  for (const { revision, action, group } of steps) {
    if (action === 'undo') undone.push(done.pop()!);
    else if (action === 'redo') done.push(undone.pop()!);
    else {
      const last = done.at(-1);
      undone = [];
      if (last && group !== null && last.group === group && last.last === revision - 1) last.last = revision;
      else done.push({ first: revision, last: revision, group });
    }
  }
  return { undo: rangeOf(done.at(-1)), redo: rangeOf(undone.at(-1)) };
}

const rangeOf = (group: EditGroup | undefined): EditGroup | null =>
  group ? { first: group.first, last: group.last } : null;
