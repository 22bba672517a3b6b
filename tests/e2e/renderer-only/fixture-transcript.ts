/** The transcript methods on one transcript in the page: the operations themselves are the program's own. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import { applyChange, invertChange, type TranscriptChange } from '#contract/transcript/edit/change.ts';
import { documentOf } from '#contract/transcript/edit/document.ts';
import type { EditAction, EditEntry } from '#contract/transcript/edit/log.ts';
import type { EditOperation } from '#contract/transcript/edit/operation.ts';
import { changeOf } from '#contract/transcript/edit/perform.ts';

type Answer = (input: Record<string, unknown>) => unknown;

export function fixtureTranscript(result: AnalysisResult): Record<string, Answer> {
  let document = documentOf(result.transcript);
  const log: EditEntry[] = [];
  const undone: TranscriptChange[] = [];
  const state = () => ({ revision: log.length, canUndo: log.length > 0, canRedo: undone.length > 0 });
  const take = (
    action: EditAction,
    change: TranscriptChange,
    operation: EditOperation | null,
    group: string | null,
  ) => {
    document = applyChange(document, change);
    const at = new Date(Date.UTC(2026, 0, 15, 10, log.length)).toISOString();
    log.push({ revision: log.length + 1, at, annotator: 'A. Reader', action, group, operation, change });
    return { ...state(), change };
  };
  return {
    'transcript.open': () => ({
      edited: log.length > 0 ? { document, state: state(), corrected: true } : null,
    }),
    'transcript.edit': ({ operation, group }) => {
      const op = operation as EditOperation;
      return take('edit', changeOf(document, op, result.source.media.durationMs), op, group as string | null);
    },
    'transcript.undo': () => {
      const change = invertChange(log.at(-1)!.change);
      undone.push(change);
      return take('undo', change, null, null);
    },
    'transcript.redo': () => take('redo', invertChange(undone.pop()!), null, null),
    'transcript.history': () => ({ entries: log.toReversed() }),
  };
}
