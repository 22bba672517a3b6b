/** What a format cannot hold of a transcript: found by writing it, reading it back, and comparing, so that the list can't be out of date. */
import { AttuneError } from '#contract/errors.ts';
import type { Loss, LossCode, TranscriptFormat } from '#contract/transcript/formats.ts';
import type { Speaker, Transcript, Utterance, Word } from '#contract/transcript/utterance.ts';
import { readTranscript } from './read-transcript.ts';
import { labelsOf } from './speakers.ts';
import { writeTranscript } from './write-transcript.ts';

/** Empty when the file holds everything. Writes nothing. */
export function lossesOf(transcript: Transcript, format: TranscriptFormat): Loss[] {
  if (transcript.utterances.length === 0) return [];
  const { bytes, ending } = writeTranscript(transcript, format);
  const after = readBack(`transcript${ending}`, bytes);
  return after === null
    ? [{ code: 'utterances', count: transcript.utterances.length }]
    : compare(transcript, after);
}

/** Null where the file can be written but holds nothing that reads as a transcript: no words at all, or an utterance beyond all bounds. */
function readBack(name: string, bytes: Uint8Array): Transcript | null {
  try {
    return readTranscript(name, bytes, Infinity).transcript;
  } catch (thrown) {
    if (thrown instanceof AttuneError) return null;
    throw thrown;
  }
}

function compare(before: Transcript, after: Transcript): Loss[] {
  const counts = new Map<LossCode, number>();
  const note = (code: LossCode, lost: boolean | number): void => {
    const count = Number(lost);
    if (count > 0) counts.set(code, (counts.get(code) ?? 0) + count);
  };
  const labelBefore = labelsOf(before);
  const labelAfter = labelsOf(after);
  note('utterances', Math.max(0, before.utterances.length - after.utterances.length));
  const pairs = paired(before.utterances, after.utterances);
  const standsFor = grouped(pairs);
  for (const [was, is] of pairs) {
    note('times', was.startMs !== is.startMs || was.endMs !== is.endMs);
    note('text', was.text !== is.text);
    const another = standsFor.get(is.speakerId) !== was.speakerId;
    note('speakers', another || labelBefore(was.speakerId) !== labelAfter(is.speakerId));
    note('words', !sameWords(was.words, is.words));
    note('confidence', was.confidence !== null && was.confidence !== is.confidence);
    note('word-confidence', was.words.filter((word, i) => lostConfidence(word, is.words[i])).length);
  }
  const having = (speakers: Transcript['speakers'], has: (one: Speaker) => boolean): number =>
    speakers.filter(has).length;
  const fewer = (has: (one: Speaker) => boolean): number =>
    Math.max(0, having(before.speakers, has) - having(after.speakers, has));
  note(
    'channels',
    fewer(({ channel }) => channel !== null),
  );
  note(
    'roles',
    fewer(({ role, colour }) => role !== undefined || colour !== undefined),
  );
  note('events', lostEvents(before, after));
  note('confidence', Math.max(0, surelyFound(before) - surelyFound(after)));
  note('language', before.language !== null && before.language !== after.language);
  note('origin', before.source !== after.source || before.recogniser !== after.recogniser);
  return Array.from(counts, ([code, count]) => ({ code, count }));
}

/** Whom each speaker who came back stands for: two of the same name may have become one. */
function grouped(pairs: readonly (readonly [Utterance, Utterance])[]): ReadonlyMap<string, string> {
  const standsFor = new Map<string, string>();
  for (const [was, is] of pairs) if (!standsFor.has(is.speakerId)) standsFor.set(is.speakerId, was.speakerId);
  return standsFor;
}

/** In order where all came back, otherwise by their times. */
function paired(before: readonly Utterance[], after: readonly Utterance[]): [Utterance, Utterance][] {
  const order = (a: Utterance, b: Utterance): number => a.startMs - b.startMs || a.endMs - b.endMs;
  if (before.length === after.length) {
    const back = [...after].sort(order);
    return [...before].sort(order).map((was, i) => [was, back[i]!]);
  }
  const byTime = new Map(after.map((one) => [`${one.startMs} ${one.endMs}`, one]));
  return before.flatMap((was): [Utterance, Utterance][] => {
    const is = byTime.get(`${was.startMs} ${was.endMs}`);
    return is === undefined ? [] : [[was, is]];
  });
}

function lostEvents(before: Transcript, after: Transcript): number {
  const described = (transcript: Transcript): string[] => {
    const labelOf = labelsOf(transcript);
    return (transcript.events ?? []).map(
      ({ kind, startMs, endMs, speakerId }) =>
        `${kind} ${startMs} ${endMs} ${speakerId === null ? '' : labelOf(speakerId)}`,
    );
  };
  const there = new Set(described(after));
  return described(before).filter((event) => !there.has(event)).length;
}

/** Marks that say how sure it is that they are there. */
const surelyFound = ({ events = [] }: Transcript): number =>
  events.filter(({ confidence }) => confidence !== undefined).length;

const sameWords = (was: readonly Word[], is: readonly Word[]): boolean =>
  was.length === is.length &&
  was.every((word, i) => {
    const { text, startMs, endMs } = is[i]!;
    return word.text === text && word.startMs === startMs && word.endMs === endMs;
  });

const lostConfidence = (was: Word, is: Word | undefined): boolean =>
  was.confidence !== null && was.confidence !== is?.confidence;
