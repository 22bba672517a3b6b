/** What the keys do while the words of an utterance are typed in. One that answers false leaves the key to the field. */
import { joinText } from '#contract/transcript/edit/words.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';
import { i18n } from '../../../lib/i18n/index.svelte.ts';
import type { ActionId } from '../../../lib/keys/actions.ts';
import type { SessionState } from '../../../lib/state/session.svelte.ts';
import { newId } from '../../../lib/state/typed-text.ts';
import type { Caret } from '../../../lib/state/transcript.svelte.ts';
import type { Workstation } from '../../../lib/state/workstation.svelte.ts';
import { nextRate } from '../commands.ts';
import { editCommands } from './edit-commands.ts';
import { focusList } from './focus-list.ts';

/** False: not for this key now. */
type Run = () => unknown;
const BACK_MS = 2000;

export function typingCommands(
  session: SessionState,
  workstation: Workstation,
  utterance: Utterance,
  field: HTMLTextAreaElement,
): Partial<Record<ActionId, Run>> {
  const { edits, utterances } = session;
  const at = utterances.findIndex(({ id }) => id === utterance.id);
  const caret = field.selectionStart;
  const atStart = caret === 0 && field.selectionEnd === 0;
  const atEnd = caret === field.value.length && field.selectionEnd === caret;
  const go = (row: number, offset: number): void => {
    const target = utterances[row];
    if (target) edits.edit(target.id, offset);
  };
  const join = (first: number): void => {
    edits.commit();
    const a = session.edits.utterance(utterances[first]!.id);
    const b = session.edits.utterance(utterances[first + 1]!.id);
    if (!a || !b) return;
    const meeting = joinText(a.text, b.text).length - b.text.trimStart().length;
    workstation.toasts.try(() => {
      edits.perform({ kind: 'join', utteranceId: a.id, nextId: b.id });
      if (a.speakerId !== b.speakerId)
        sayWhose(session, workstation, a.speakerId, { utteranceId: utterance.id, offset: caret });
    });
    edits.edit(a.id, meeting);
  };
  return {
    ...editCommands(session, workstation),
    'leave-words': () => {
      edits.leave();
      focusList();
    },
    replace: () => {
      edits.asking = 'replace';
    },
    'type-play': () => {
      session.playing = !session.playing;
    },
    'type-back': () => session.seek(session.timeMs - BACK_MS),
    'type-slower': () => {
      session.rate = nextRate(session.rate, -1);
    },
    'type-faster': () => {
      session.rate = nextRate(session.rate, 1);
    },
    'type-previous': () => go(at - 1, -1),
    'type-next': () => go(at + 1, 0),
    split: () => {
      edits.commit();
      if (atEnd || field.value.trim() === '') {
        go(at + 1, 0);
        return;
      }
      const text = session.edits.utterance(utterance.id)?.text ?? '';
      if (text.slice(0, caret).trim() === '') return;
      const id = newId();
      const split = { kind: 'split', utteranceId: utterance.id, offset: caret, newId: id } as const;
      workstation.toasts.try(() => {
        edits.perform(split);
        edits.edit(id, 0);
      });
    },
    join: () => (atStart && at > 0 ? join(at - 1) : false),
    'join-next': () => (atEnd && at + 1 < utterances.length ? join(at) : false),
  };
}

/** Words that went over to another speaker, with one press to take that back and to be where one was. */
function sayWhose(session: SessionState, { toasts }: Workstation, speakerId: string, before: Caret): void {
  const { edits } = session;
  const label = session.speakers.find(({ id }) => id === speakerId)?.label ?? '';
  const name = i18n.m.person(label) || i18n.m.transcript.unknownSpeaker;
  const undo = async (): Promise<void> => {
    await toasts.attempt(() => edits.move('undo'));
    if (edits.editing) edits.edit(before.utteranceId, before.offset);
    else focusList();
  };
  const text = i18n.m.actions.undo;
  const offer = { id: 'joined', label: text, text, run: () => void undo() };
  toasts.offer(i18n.m.edit.joined(name), offer);
  edits.offered(() => toasts.withdraw(offer.id));
}
