/** English of correcting a transcript. */
import type { EditEntry } from '#contract/transcript/edit/log.ts';
import type { EditKind } from '#contract/transcript/edit/operation.ts';
import type { EventKind } from '#contract/transcript/event.ts';
import type { Format } from './format.ts';

const ROLES: Readonly<Record<string, string>> = {
  therapist: 'therapist',
  client: 'client',
  agent: 'agent',
  caller: 'caller',
};
const EVENTS: Readonly<Record<EventKind, string>> = {
  laughs: 'laughs',
  sighs: 'sighs',
  cries: 'cries',
  silence: 'silence',
  crosstalk: 'several speak at once',
  neutral: 'neutral: their usual voice',
};
const DID: Readonly<Record<EditKind, string>> = {
  'set-text': 'changed words',
  split: 'split an utterance',
  join: 'joined two utterances',
  bounds: 'moved a boundary',
  insert: 'added an utterance',
  remove: 'removed an utterance',
  replace: 'replaced words everywhere',
  mark: 'set a mark',
  unmark: 'removed a mark',
  assign: 'changed who speaks',
  'set-speaker': 'changed a speaker',
  'merge-speakers': 'merged two speakers',
  'split-speaker': 'made a new speaker from here on',
  'not-alike': 'said that a voice is nobody else’s',
  'not-voice': 'said whom a speaker is not',
  'tell-apart': 'had the speakers told apart again',
};

export const enEdit = (f: Format) => ({
  words: 'Words of this utterance',
  noWords: 'no words',
  saving: { saved: 'Saved', saving: 'Saving…', waiting: 'Not saved' },
  waiting: 'Not saved yet.',
  waitingKept: 'Your edits are kept here, and it is tried again.',
  lost: (n: number) =>
    f.plural(n, {
      one: 'An edit found no place any more, because the transcript was changed elsewhere:',
      other: '# edits found no place any more, because the transcript was changed elsewhere:',
    }),
  stale: (n: number) => f.plural(n, { one: '# reading out of date', other: '# readings out of date' }),
  alike: 'or another?',
  alikeWhy: 'This voice is so much like another’s that it may be theirs. You can say who it is.',
  notAlike: 'They are two people',
  notAlikeWhy:
    'This voice was taken to be so like another’s that it may be theirs. Say that they are two people.',
  peopleUnsure: (counts: readonly number[]) =>
    `${counts.slice(0, -1).map(f.whole).join(', ')} or ${f.whole(counts.at(-1) ?? 0)} people speak: please check.`,
  confirmPeople: (n: number) => `${f.whole(n)} is right`,
  confirmPeopleText:
    'The speakers stay as they are. Not asked again, unless an analysis is told to find their number anew.',
  tellApart: (n: number) => f.plural(n, { one: 'Take all for # person', other: 'Tell apart as # people' }),
  tellApartText: 'Words, edits and marks stay; who spoke is worked out anew by the voices. It can be undone.',
  soundsLike: (speaker: string, name: string, similarity: number) =>
    `${speaker} sounds like ${name} (similarity ${f.two(similarity)} of 1).`,
  useName: 'Use this name',
  nameThem: (name: string) => `Name them ${name}`,
  notThem: 'No',
  notThemText: (name: string) =>
    `This is not ${name}. Not suggested again for this speaker in this recording; it can be undone.`,
  remember: 'Remember voice',
  rememberWhy: (participant: string) =>
    `A remembered voice is kept, encrypted in the workspace, so that its name is suggested in other sessions with ${participant}. Settings list it and can forget it.`,
  rememberNobody: 'To remember a voice, say in the library first which participant this session is with.',
  rememberNameless: 'To remember a voice, give the speaker a name first.',
  remembered: (name: string, participant: string) =>
    `The voice of ${name} is remembered for sessions with ${participant}. Settings can forget it.`,
  howMany: 'People who speak',
  tellingApart: 'Telling the speakers apart…',
  toldApart: (found: number, wanted: number) =>
    found < wanted
      ? f.plural(found, {
          one: `Of ${f.whole(wanted)} people, one voice could be told apart. Undo takes it back.`,
          other: `Of ${f.whole(wanted)} people, # voices could be told apart. Undo takes it back.`,
        })
      : f.plural(found, {
          one: 'All is one person’s now. Undo takes it back.',
          other: '# speakers were told apart. Undo takes it back.',
        }),
  overlaps: 'overlaps',
  overlapsWhy: 'Somebody else speaks at the same time.',
  staleOne: 'out of date:',
  unread: 'not read yet',
  staleWhy: 'The utterance was changed after it was read. It is read again in the background.',
  event: (kind: EventKind, seconds: number) =>
    kind === 'silence' ? `silence ${f.short(Math.round(seconds * 10) / 10)} s` : EVENTS[kind],
  joined: (name: string) => `Joined: these words are ${name}’s now.`,
  unmark: 'Remove this mark',
  found: (confidence: number) => `found by the sound, ${f.percent(confidence)} sure`,
  markAt: (time: string) => `Mark at ${time}`,
  whose: 'Who speaks?',
  onlyThis: 'this utterance',
  fromHere: 'from here on',
  newSpeaker: 'Somebody new',
  speakerNumber: (n: number) => `Speaker ${n}`,
  speakersText: 'Names, roles and colours. Whatever you change here can be undone.',
  addSpeaker: 'Add a speaker',
  name: 'Name',
  roleOf: 'Role',
  role: (role: string) => ROLES[role] ?? role,
  colour: 'Colour',
  colourNumber: (n: number) => `Colour ${n}`,
  mergeInto: 'Merge into…',
  utterances: (n: number) => f.plural(n, { one: '# utterance', other: '# utterances' }),
  replaceWith: 'Replace with',
  matchCase: 'Match case',
  wholeWords: 'Whole words',
  replaceAll: (n: number) => f.plural(n, { one: 'Replace # place', other: 'Replace # places' }),
  replaced: (n: number) => f.plural(n, { one: 'Replaced in # place.', other: 'Replaced in # places.' }),
  removeAll: (n: number) => f.plural(n, { one: 'Remove # place', other: 'Remove # places' }),
  removedWords: (n: number) => f.plural(n, { one: 'Removed in # place.', other: 'Removed in # places.' }),
  more: 'More…',
  boundary: { startMs: 'Start of the utterance', endMs: 'End of the utterance' },
  historyText: 'Every edit, newest first. It is kept in the encrypted workspace.',
  noHistory: 'Nothing was changed yet.',
  nobody: 'no name',
  older: 'Older edits',
  restore: 'Back to the transcript before the first edit',
  restoreText: 'This can be undone as well.',
  did: ({ action, operation }: Pick<EditEntry, 'action' | 'operation'>): string => {
    if (action === 'edit') return operation ? DID[operation.kind] : '';
    return {
      undo: 'undid an edit',
      redo: 'did an edit again',
      restore: 'went back to the transcript before the first edit',
      replace: 'brought another transcript',
    }[action];
  },
});
