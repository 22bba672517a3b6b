/** Has main work out who speaks, and makes that one edit of the transcript as it stands then. */
import { i18n } from '../../../lib/i18n/index.svelte.ts';
import type { SessionState } from '../../../lib/state/session.svelte.ts';
import type { Workstation } from '../../../lib/state/workstation.svelte.ts';

export async function tellApart(
  session: SessionState,
  { api, toasts }: Workstation,
  people: number,
): Promise<void> {
  const { edits, recordingId } = session;
  if (recordingId === null) return;
  edits.leave();
  const voices = await toasts.attempt(() => api.call('transcript.voices', { recordingId, people }));
  if (!voices || session.recordingId !== recordingId) return;
  toasts.try(() => {
    edits.perform({ kind: 'tell-apart', ...voices });
    toasts.info(i18n.m.edit.toldApart(session.speakers.length, people));
  });
}
