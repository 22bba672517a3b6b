/** What can be done to the current utterance, or to the whole transcript, by key or button. */
import type { Utterance } from '#contract/transcript/utterance.ts';
import type { ActionId } from '../../../lib/keys/actions.ts';
import type { SessionState } from '../../../lib/state/session.svelte.ts';
import { newId } from '../../../lib/state/typed-text.ts';
import type { Workstation } from '../../../lib/state/workstation.svelte.ts';
import { textOffsetAt } from './text-time.ts';

/** A new utterance where nobody was heard: as long as this, or up to the next one. */
const NEW_MS = 2000;

/** The one that is typed in, else the one that plays. */
export const currentUtterance = (session: SessionState): Utterance | undefined =>
  session.utterances.find(({ id }) => id === session.edits.editingId) ??
  session.utterances.findLast(({ startMs }) => startMs <= session.timeMs);

export function editCommands(
  session: SessionState,
  workstation: Workstation,
): Partial<Record<ActionId, () => void>> {
  const { edits } = session;
  const { toasts } = workstation;
  const now = (): number => Math.round(session.timeMs);
  const onCurrent = (run: (u: Utterance) => void) => () => {
    edits.commit();
    const u = currentUtterance(session);
    if (u) toasts.try(() => run(u));
  };
  const move = async (how: 'undo' | 'redo'): Promise<void> => {
    const change = await toasts.attempt(() => edits.move(how));
    // What changed is shown where it is.
    const seen = change?.utterances.find(({ after }) => after !== null)?.after;
    if (seen && !edits.editing) session.seek(seen.startMs);
  };
  return {
    undo: () => void (edits.canUndo || edits.saving !== 'saved' ? move('undo') : undefined),
    redo: () => void (edits.canRedo ? move('redo') : undefined),
    'split-here': onCurrent((u) => {
      const id = newId();
      const offset = textOffsetAt(u, now());
      edits.perform({ kind: 'split', utteranceId: u.id, offset, newId: id, atMs: now() });
      if (edits.editing) edits.edit(id, 0);
    }),
    'start-here': onCurrent((u) =>
      edits.perform({ kind: 'bounds', utteranceId: u.id, startMs: now(), endMs: u.endMs }),
    ),
    'end-here': onCurrent((u) =>
      edits.perform({ kind: 'bounds', utteranceId: u.id, startMs: u.startMs, endMs: now() }),
    ),
    insert: () => {
      edits.commit();
      const startMs = now();
      const next = session.utterances.find((u) => u.startMs > startMs)?.startMs ?? session.durationMs;
      const endMs = Math.min(startMs + NEW_MS, next, Math.floor(session.durationMs));
      const speakerId = currentUtterance(session)?.speakerId ?? session.speakers[0]?.id;
      if (speakerId === undefined) return;
      const id = newId();
      toasts.try(() => {
        edits.perform({ kind: 'insert', newId: id, speakerId, text: '', startMs, endMs });
        edits.edit(id, 0);
      });
    },
    remove: onCurrent((u) => {
      const at = session.utterances.findIndex(({ id }) => id === u.id);
      const neighbour = session.utterances[at + 1] ?? session.utterances[at - 1];
      edits.perform({ kind: 'remove', utteranceId: u.id });
      if (edits.editing && neighbour) edits.edit(neighbour.id, 0);
    }),
    'choose-speaker': () => {
      edits.commit();
      if (currentUtterance(session)) edits.asking = 'speaker';
    },
    mark: () => {
      edits.commit();
      edits.asking = 'mark';
    },
    speakers: () => {
      edits.asking = 'speakers';
    },
    history: () => {
      edits.asking = 'history';
    },
  };
}
