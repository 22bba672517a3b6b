/** What the keys do while a session is shown. */
import type { ActionId } from '../../lib/keys/actions.ts';
import type { SessionState } from '../../lib/state/session.svelte.ts';
import type { Workstation } from '../../lib/state/workstation.svelte.ts';
import { spanOf } from '../../lib/timeline/scale.ts';

const STEP_MS = 5000;
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3] as const;

export function nextRate(rate: number, direction: -1 | 1): number {
  const at = RATES.findIndex((r) => r >= rate);
  return RATES[Math.min(RATES.length - 1, Math.max(0, at + direction))] ?? 1;
}

export const sessionCommands = (
  session: SessionState,
  workstation: Workstation,
): Partial<Record<ActionId, () => void>> => ({
  play: () => (session.playing = !session.playing),
  back: () => session.seek(session.timeMs - STEP_MS),
  forward: () => session.seek(session.timeMs + STEP_MS),
  previous: () => session.step(-1),
  next: () => session.step(1),
  slower: () => (session.rate = nextRate(session.rate, -1)),
  faster: () => (session.rate = nextRate(session.rate, 1)),
  mute: () => (session.muted = !session.muted),
  start: () => session.seek(0),
  end: () => session.seek(session.durationMs),
  'zoom-in': () => session.zoomBy(2),
  'zoom-out': () => session.zoomBy(0.5),
  fit: () => session.fitView(),
  'pan-left': () => session.panBy(-spanOf(session.view) / 4),
  'pan-right': () => session.panBy(spanOf(session.view) / 4),
  subject: () => session.nextSubject(),
  tab: () => (session.tab = session.tab === 'moment' ? 'summary' : 'moment'),
  follow: () => (session.following = !session.following),
  // Without a result there is nothing yet to say differently.
  analyse: () =>
    session.result
      ? workstation.askAnalysis(session.id, session.recordingId)
      : void workstation.toasts.attempt(() => session.analyse()),
});
