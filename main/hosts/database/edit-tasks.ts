/** Tasks on corrected transcripts. Each runs inside one transaction: what it answers is durable. */
import { invertChange } from '#contract/transcript/edit/change.ts';
import type { EditState } from '#contract/transcript/edit/log.ts';
import type { Repositories } from './repositories/all.ts';
import type { DatabaseTasks } from './tasks.ts';

type Params<K extends keyof DatabaseTasks> = DatabaseTasks[K]['params'];
type Result<K extends keyof DatabaseTasks> = DatabaseTasks[K]['result'];

function stateOf(r: Repositories, recordingId: string, revision: number): EditState {
  const { undo, redo } = r.edits.undoable(recordingId);
  return { revision, canUndo: undo !== null, canRedo: redo !== null };
}

export function openEdits(r: Repositories, { recordingId }: Params<'edits.open'>): Result<'edits.open'> {
  const edited = r.edits.document(recordingId);
  const state = edited && stateOf(r, recordingId, edited.revision);
  return { edited: edited && state && { document: edited.document, state } };
}

export function appendEdit(
  r: Repositories,
  { recordingId, entry, begin, original }: Params<'edits.append'>,
): Result<'edits.append'> {
  if (begin) {
    r.recordings.get(recordingId);
    r.edits.start(recordingId, begin.original, begin.document);
    r.audit.add({ at: entry.at, kind: 'transcript-editing-began', subjectId: recordingId });
  }
  r.edits.append(recordingId, entry);
  if (original) r.edits.setOriginal(recordingId, original);
  if (entry.action === 'restore' || entry.action === 'replace')
    r.audit.add({ at: entry.at, kind: `transcript-${entry.action}d`, subjectId: recordingId });
  return { state: stateOf(r, recordingId, entry.revision) };
}

export function stepBack(
  r: Repositories,
  { recordingId, direction }: Params<'edits.step'>,
): Result<'edits.step'> {
  const group = r.edits.undoable(recordingId)[direction];
  if (group === null) return { change: null };
  const change = r.edits.changeOf(recordingId, group);
  return { change: direction === 'undo' ? invertChange(change) : change };
}
