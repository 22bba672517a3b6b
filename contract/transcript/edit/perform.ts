/**
 * What each operation does. The window runs this at once and main runs the same and makes it durable, so that typing never waits and
 * both see one transcript.
 */
import { overlapMs, type Milliseconds } from '../../units.ts';
import type { HeardEvent } from '../event.ts';
import type { Speaker, Utterance } from '../utterance.ts';
import { difference, type TranscriptChange } from './change.ts';
import { byTime, type TranscriptDocument } from './document.ts';
import { replaced } from './find.ts';
import type { EditOperation } from './operation.ts';
import { toldApart } from './tell-apart.ts';
import { join, notPossible, split, withBounds, withText } from './utterances.ts';
import { shared, tokens } from './words.ts';

/** Nothing shorter is an utterance. */
const MIN_UTTERANCE_MS = 20;

/** `durationMs`: of the recording. @throws AttuneError 'edit-not-possible' */
export function changeOf(
  document: TranscriptDocument,
  operation: EditOperation,
  durationMs: Milliseconds,
): TranscriptChange {
  return difference(document, perform(document, operation, durationMs));
}

function perform(
  document: TranscriptDocument,
  op: EditOperation,
  durationMs: Milliseconds,
): TranscriptDocument {
  switch (op.kind) {
    case 'set-text':
      return putting(document, [withText(utteranceOf(document, op.utteranceId), op.text)]);
    case 'split':
      fresh(document, op.newId);
      return putting(document, split(utteranceOf(document, op.utteranceId), op.offset, op.newId, op.atMs));
    case 'join': {
      if (op.utteranceId === op.nextId) throw notPossible('An utterance can’t be joined with itself.');
      const joined = join(utteranceOf(document, op.utteranceId), utteranceOf(document, op.nextId));
      return putting(without(document, op.nextId), [joined]);
    }
    case 'bounds':
      return putting(document, [withBounds(utteranceOf(document, op.utteranceId), checked(op, durationMs))]);
    case 'insert': {
      fresh(document, op.newId);
      speakerOf(document, op.speakerId);
      const span = checked(op, durationMs);
      const words = shared(tokens(op.text), span.startMs, span.endMs);
      const { newId: id, speakerId, text } = op;
      return putting(document, [{ id, speakerId, ...span, text, confidence: null, words }]);
    }
    case 'remove':
      return without(document, utteranceOf(document, op.utteranceId).id);
    case 'replace':
      return {
        ...document,
        utterances: document.utterances.map((u) => {
          const text = replaced(u.text, op);
          return text === u.text ? u : withText(u, text);
        }),
      };
    case 'mark':
      return marking(document, op.event, durationMs);
    case 'unmark':
      if (!document.events.some(({ id }) => id === op.eventId)) throw gone('mark');
      return { ...document, events: document.events.filter(({ id }) => id !== op.eventId) };
    case 'assign':
      speakerOf(document, op.speakerId);
      return assigning(document, utteranceOf(document, op.utteranceId), op.speakerId, op.scope);
    case 'set-speaker':
      return { ...document, speakers: withSpeaker(document.speakers, op.speaker) };
    case 'merge-speakers':
      return merging(document, speakerOf(document, op.speakerId).id, speakerOf(document, op.intoId).id);
    case 'split-speaker': {
      if (document.speakers.some(({ id }) => id === op.speaker.id))
        throw notPossible('That speaker is there already.');
      const speakers = withSpeaker(document.speakers, op.speaker);
      const from = utteranceOf(document, op.utteranceId);
      return assigning({ ...document, speakers }, from, op.speaker.id, 'from-here');
    }
    case 'not-alike':
      return { ...document, speakers: notAlike(document.speakers, speakerOf(document, op.speakerId).id) };
    case 'not-voice': {
      const { notVoices = [], ...own } = speakerOf(document, op.speakerId);
      const speaker = { ...own, notVoices: [...new Set([...notVoices, op.voiceId])] };
      return { ...document, speakers: withSpeaker(document.speakers, speaker) };
    }
    case 'tell-apart':
      return toldApart(document, op);
  }
}

const gone = (what: 'utterance' | 'speaker' | 'mark') =>
  notPossible(`That ${what} is not in the transcript any more.`);

function utteranceOf(document: TranscriptDocument, id: string): Utterance {
  const found = document.utterances.find((u) => u.id === id);
  if (!found) throw gone('utterance');
  return found;
}

function speakerOf(document: TranscriptDocument, id: string): Speaker {
  const found = document.speakers.find((s) => s.id === id);
  if (!found) throw gone('speaker');
  return found;
}

function fresh(document: TranscriptDocument, id: string): void {
  if (document.utterances.some((u) => u.id === id)) throw notPossible('That utterance is there already.');
}

function checked(
  { startMs, endMs }: { startMs: Milliseconds; endMs: Milliseconds },
  durationMs: Milliseconds,
) {
  if (endMs - startMs < MIN_UTTERANCE_MS || endMs > durationMs)
    throw notPossible('An utterance ends after it begins, within the recording.');
  return { startMs, endMs };
}

function putting(document: TranscriptDocument, utterances: readonly Utterance[]): TranscriptDocument {
  const ids = new Set(utterances.map(({ id }) => id));
  const rest = document.utterances.filter(({ id }) => !ids.has(id));
  return { ...document, utterances: [...rest, ...utterances].sort(byTime) };
}

const without = (document: TranscriptDocument, id: string): TranscriptDocument => ({
  ...document,
  utterances: document.utterances.filter((u) => u.id !== id),
});

function marking(
  document: TranscriptDocument,
  event: HeardEvent,
  durationMs: Milliseconds,
): TranscriptDocument {
  if (event.speakerId !== null) speakerOf(document, event.speakerId);
  if (event.endMs <= event.startMs || event.endMs > durationMs)
    throw notPossible('A mark ends after it begins, within the recording.');
  const rest = document.events.filter(({ id }) => id !== event.id);
  return { ...document, events: [...rest, event].sort(byTime) };
}

function assigning(
  document: TranscriptDocument,
  from: Utterance,
  speakerId: string,
  scope: 'one' | 'from-here',
): TranscriptDocument {
  const concerned = (u: Utterance): boolean =>
    u.id === from.id || (scope === 'from-here' && u.speakerId === from.speakerId && byTime(u, from) > 0);
  const utterances = document.utterances.map((u) => (concerned(u) ? { ...u, speakerId } : u));
  const moved = document.utterances.filter(concerned);
  // That they are neutral was said of who speaks here, whoever that is.
  const events = document.events.map((event) =>
    event.kind === 'neutral' && moved.some((u) => u.speakerId === event.speakerId && isMostlyOf(event, u))
      ? { ...event, speakerId }
      : event,
  );
  return { ...document, utterances, events };
}

const isMostlyOf = (event: HeardEvent, u: Utterance): boolean =>
  overlapMs(event, u) > (event.endMs - event.startMs) / 2;

const withSpeaker = (speakers: readonly Speaker[], speaker: Speaker): readonly Speaker[] =>
  speakers.some(({ id }) => id === speaker.id)
    ? speakers.map((s) => (s.id === speaker.id ? speaker : s))
    : [...speakers, speaker];

function merging(document: TranscriptDocument, id: string, intoId: string): TranscriptDocument {
  if (id === intoId) throw notPossible('A speaker can’t be merged with themselves.');
  const moved = <T extends { speakerId: string | null }>(item: T): T =>
    item.speakerId === id ? { ...item, speakerId: intoId } : item;
  return {
    speakers: alikeToSomebody(document.speakers.filter((s) => s.id !== id)),
    utterances: document.utterances.map(moved),
    events: document.events.map(moved),
  };
}

const notAlike = (speakers: readonly Speaker[], ownId: string): readonly Speaker[] =>
  alikeToSomebody(
    speakers.map((speaker) => {
      const { alike: _alike, ...own } = speaker;
      return speaker.id === ownId ? own : speaker;
    }),
  );

/** Whoever is the only one left of those that sounded alike has nobody to be taken for. */
function alikeToSomebody(speakers: readonly Speaker[]): readonly Speaker[] {
  if (speakers.filter(({ alike }) => alike).length !== 1) return speakers;
  return speakers.map(({ alike: _alike, ...speaker }) => speaker);
}
