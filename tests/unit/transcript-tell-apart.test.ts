/** Telling speakers apart anew in a transcript that is there: words, times and marks stay, speakers keep their names where they can. */
import { describe, expect, it } from 'vitest';
import { applyChange, invertChange } from '#contract/transcript/edit/change.ts';
import type { TranscriptDocument } from '#contract/transcript/edit/document.ts';
import { changeOf } from '#contract/transcript/edit/perform.ts';
import type { VoiceTurns } from '#contract/transcript/edit/tell-apart.ts';
import type { Speaker, Utterance } from '#contract/transcript/utterance.ts';

const DURATION_MS = 60_000;
const anna: Speaker = { id: 's1', label: 'Anna', channel: null, role: 'client' };
const other: Speaker = { id: 's2', label: 'Speaker 2', channel: null };

/** A word each 500 ms. */
function said(id: string, startMs: number, text: string, speakerId = 's1'): Utterance {
  const words = text.split(' ').map((word, i) => {
    const from = startMs + 500 * i;
    return { text: word, startMs: from, endMs: from + 450, confidence: 0.9 };
  });
  return { id, speakerId, startMs, endMs: startMs + 500 * words.length, text, confidence: 0.9, words };
}
const turn = (voice: number, startMs: number, endMs: number) => ({ voice, startMs, endMs });

function told(document: TranscriptDocument, voices: VoiceTurns): TranscriptDocument {
  const change = changeOf(document, { kind: 'tell-apart', ...voices }, DURATION_MS);
  const after = applyChange(document, change);
  expect(applyChange(after, invertChange(change))).toEqual(document);
  return after;
}
const who = ({ utterances }: TranscriptDocument) => utterances.map((u) => [u.speakerId, u.text]);

describe('telling apart again', () => {
  const document: TranscriptDocument = {
    speakers: [anna],
    utterances: [said('u1', 1000, 'how are you today fine thanks'), said('u2', 6000, 'and then')],
    events: [{ id: 'e1', kind: 'laughs', startMs: 4000, endMs: 4500, speakerId: 's1' }],
  };

  it('splits an utterance between the words where the voice changes, and keeps every word, time and mark', () => {
    const after = told(document, {
      turns: [turn(0, 900, 3000), turn(1, 3000, 4100), turn(0, 6000, 7000)],
      alike: [],
    });
    expect(who(after)).toEqual([
      ['s1', 'how are you today'],
      ['s2', 'fine thanks'],
      ['s1', 'and then'],
    ]);
    const words = (d: TranscriptDocument) => d.utterances.flatMap((u) => u.words);
    expect(words(after)).toEqual(words(document));
    expect(after.events).toEqual(document.events);
    expect(after.speakers[0]).toEqual(anna);
    expect(after.speakers[1]).toMatchObject({ label: 'Speaker 2', channel: null });
  });

  it('marks where several speak at once, unless such marks are there or one person is left', () => {
    const overlaps = [{ startMs: 2900, endMs: 3300, confidence: 0.8 }];
    const turns = [turn(0, 900, 3000), turn(1, 3000, 4100), turn(0, 6000, 7000)];
    const after = told(document, { turns, alike: [], overlaps });
    expect(after.events).toEqual([
      expect.objectContaining({ kind: 'crosstalk', speakerId: null, ...overlaps[0]! }) as unknown,
      ...document.events,
    ]);
    expect(new Set(after.events.map(({ id }) => id)).size).toBe(2);
    const corrected = after.events.map((e) => (e.kind === 'crosstalk' ? { ...e, endMs: 3100 } : e));
    const again = told({ ...after, events: corrected }, { turns, alike: [], overlaps });
    expect(again.events).toEqual(corrected);
    expect(told(document, { turns: [turn(0, 900, 7000)], alike: [], overlaps }).events).toEqual(
      document.events,
    );
  });

  it('leaves no speaker of less than a word’s time', () => {
    const after = told(document, {
      turns: [turn(0, 900, 2100), turn(1, 2100, 2300), turn(0, 2300, 4100), turn(0, 6000, 7000)],
      alike: [],
    });
    expect(after).toEqual(document);
  });

  it('gives a voice the name of whoever’s words are mostly in it, and takes away who has none left', () => {
    const two: TranscriptDocument = {
      ...document,
      speakers: [anna, other],
      utterances: [said('u1', 1000, 'one two three four', 's2'), said('u2', 6000, 'five', 's1')],
    };
    const swapped = told(two, { turns: [turn(0, 1000, 3000), turn(1, 6000, 6500)], alike: [0, 1] });
    expect(who(swapped)).toEqual(who(two));
    expect(swapped.speakers.map(({ alike }) => alike)).toEqual([true, true]);
    const one = told(two, { turns: [turn(0, 1000, 7000)], alike: [] });
    expect(one.speakers).toEqual([other]);
    expect(one.events[0]).toMatchObject({ id: 'e1', speakerId: null });
  });

  it('takes what nobody was heard in to the nearest turn, and splits nothing that has no word times', () => {
    const typed: TranscriptDocument = {
      ...document,
      utterances: [{ ...said('u1', 1000, 'typed by hand'), words: [] }, said('u2', 20_000, 'late')],
    };
    const after = told(typed, { turns: [turn(0, 900, 1400), turn(1, 1400, 9000)], alike: [] });
    expect(after.utterances.map(({ text }) => text)).toEqual(['typed by hand', 'late']);
    expect(new Set(after.utterances.map(({ speakerId }) => speakerId)).size).toBe(1);
  });
});

it('a voice that is said to be nobody else’s leaves nobody who could be taken for it', () => {
  const alike = (id: string): Speaker => ({ id, label: id, channel: null, alike: true });
  const document = (...ids: string[]): TranscriptDocument => ({
    speakers: ids.map(alike),
    utterances: [],
    events: [],
  });
  const after = (before: TranscriptDocument) =>
    applyChange(before, changeOf(before, { kind: 'not-alike', speakerId: 'a' }, DURATION_MS)).speakers.map(
      (s) => s.alike ?? false,
    );
  expect(after(document('a', 'b'))).toEqual([false, false]);
  expect(after(document('a', 'b', 'c'))).toEqual([false, true, true]);
});
