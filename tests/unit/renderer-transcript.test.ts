/** What the transcript panel works out for itself. */
import { describe, expect, it, vi } from 'vitest';
import type { EditEntry } from '#contract/transcript/edit/log.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';
import { shownOf } from '../../renderer/features/session/transcript/bar-actions.ts';
import { bursts, touched } from '../../renderer/features/session/transcript/history.ts';
import { MeasuredRows } from '../../renderer/features/session/transcript/measured-rows.ts';
import { overlapping } from '../../renderer/features/session/transcript/overlaps.ts';
import type { UtteranceItem } from '../../renderer/features/session/transcript/rows.ts';
import { markSpan } from '../../renderer/features/session/transcript/mark-span.ts';
import { silenceAround } from '../../renderer/features/session/transcript/silence.ts';
import { markedMs } from '#contract/transcript/marked.ts';
import { freeColour } from '#contract/transcript/free-colour.ts';
import { textOffsetAt } from '../../renderer/features/session/transcript/text-time.ts';
import { runsOf } from '../../renderer/features/session/transcript/unsure.ts';
import { changedSince } from '../../renderer/lib/state/stale.ts';
import { COMMIT_MS, TypedText } from '../../renderer/lib/state/typed-text.ts';

const utterance = (more: Partial<Utterance> = {}): Utterance => ({
  ...{
    id: 'u',
    speakerId: 's',
    startMs: 1000,
    endMs: 3000,
    text: 'one two three',
    confidence: null,
    words: [],
  },
  ...more,
});

describe('the history', () => {
  const entry = (revision: number, group: string | null, before: string, after: string): EditEntry => ({
    ...{ revision, at: '2026-01-01T00:00:00.000Z', annotator: 'Ann', action: 'edit', group, operation: null },
    change: {
      utterances: [{ before: utterance({ text: before }), after: utterance({ text: after }) }],
      ...{ events: [], speakers: null },
    },
  });
  it('shows a burst of typing as one edit, from its first word to its last', () => {
    const shown = bursts([
      entry(4, 'b', 'now', 'now then'),
      entry(3, 'a', 'no', 'now'),
      entry(2, 'a', 'n', 'no'),
      entry(1, null, '', 'n'),
    ]);
    expect(shown.map((burst) => [burst.entry.revision, touched(burst.change)])).toEqual([
      [4, { startMs: 1000, before: 'now', after: 'now then', mark: null }],
      [3, { startMs: 1000, before: 'n', after: 'now', mark: null }],
      [1, { startMs: 1000, before: '', after: 'n', mark: null }],
    ]);
  });

  it('says which mark was set or removed, and where', () => {
    const laugh = { id: 'e', kind: 'laughs', startMs: 83_000, endMs: 84_000, speakerId: 's' } as const;
    const marked = { startMs: 83_000, before: null, after: null, mark: laugh };
    const nothing = { utterances: [], speakers: null };
    expect(touched({ ...nothing, events: [{ before: null, after: laugh }] })).toEqual(marked);
    expect(touched({ ...nothing, events: [{ before: laugh, after: null }] })).toEqual(marked);
    expect(touched({ ...nothing, events: [] })).toBeNull();
  });
});

it('every button of the header has a place: in the bar, or in a menu that has one itself', () => {
  expect([9, 8, 7, 2, 1, 0].map((slots) => shownOf(8, slots))).toEqual([8, 8, 6, 1, 0, 0]);
});

it('a silence is the pause that the moment lies in, or the next one', () => {
  const talk = [
    utterance(),
    utterance({ startMs: 5000, endMs: 6000 }),
    utterance({ startMs: 6100, endMs: 7000 }),
  ];
  expect(silenceAround(talk, 4000, 9000)).toEqual({ startMs: 3000, endMs: 5000 });
  expect(silenceAround(talk, 1500, 9000)).toEqual({ startMs: 3000, endMs: 5000 });
  expect(silenceAround(talk, 5500, 9000)).toBeNull();
  expect(silenceAround(talk, 8000, 9000)).toEqual({ startMs: 7000, endMs: 9000 });
});

it('what lies under marks of one kind counts once, wherever they lie over each other', () => {
  const mark = (startMs: number, endMs: number, kind: 'neutral' | 'laughs' = 'neutral') => ({
    ...{ id: `${startMs}`, kind, startMs, endMs, speakerId: 's' },
  });
  const marks = [
    mark(0, 1500),
    mark(1200, 1600),
    mark(1300, 1400),
    mark(1400, 1900, 'laughs'),
    mark(2000, 9000),
  ];
  expect(markedMs(marks, 'neutral', { startMs: 1000, endMs: 3000 })).toBe(1600);
  expect(markedMs(marks, 'laughs', { startMs: 1000, endMs: 3000 })).toBe(500);
  expect(markedMs(marks, 'cries', { startMs: 1000, endMs: 3000 })).toBe(0);
});

it('a mark is as long as what it marks: a second, a silence, or a whole utterance', () => {
  const silence = { startMs: 3000, endMs: 5000 };
  const moment = { atMs: 2500, durationMs: 9000.5, silence, utterance: utterance() };
  expect(markSpan('laughs', moment)).toEqual({ startMs: 2500, endMs: 3500 });
  expect(markSpan('sighs', { ...moment, atMs: 9000 })).toEqual({ startMs: 8999, endMs: 9000 });
  expect(markSpan('silence', moment)).toEqual(silence);
  expect(markSpan('neutral', moment)).toEqual({ startMs: 1000, endMs: 3000 });
  expect(markSpan('silence', { ...moment, silence: null })).toBeNull();
  expect(markSpan('neutral', { ...moment, utterance: undefined })).toBeNull();
});

it('a moment’s place in the text is between two words, by their times or by the letters', () => {
  const words = ['one', 'two', 'three'].map((text, i) => ({
    ...{ text, startMs: 1000 + i * 800, endMs: 1300 + i * 800, confidence: null },
  }));
  expect(textOffsetAt(utterance({ words }), 1600)).toBe(3);
  expect(textOffsetAt(utterance({ words }), 2300)).toBe(7);
  expect(textOffsetAt(utterance(), 1100)).toBe(3);
  expect(textOffsetAt(utterance(), 2900)).toBe(7);
  expect(textOffsetAt(utterance({ text: 'one' }), 2000)).toBe(0);
});

it('a new speaker gets the first colour that nobody has', () => {
  const speaker = (colour?: number) => ({
    id: 's',
    label: '',
    channel: null,
    ...(colour === undefined ? {} : { colour }),
  });
  expect(freeColour([speaker(), speaker()])).toBe(2);
  expect(freeColour([speaker(1), speaker(0)])).toBe(2);
  expect(freeColour([0, 1, 2, 3, 4, 5, 0].map(speaker))).toBe(1);
});

it('an utterance is out of date when its words, times or speaker differ from what was read', () => {
  const read = [utterance(), utterance({ id: 'v' }), utterance({ id: 'w' })];
  const now = [utterance({ words: [] }), utterance({ id: 'v', endMs: 3001 }), utterance({ id: 'new' })];
  expect([...changedSince(now, read)]).toEqual(['v', 'new']);
});

describe('a row’s height', () => {
  const row = (text: string): UtteranceItem => ({
    ...{
      kind: 'utterance',
      id: 'u',
      startMs: 0,
      utterance: utterance({ text }),
      label: '',
      role: null,
      alike: false,
      overlaps: false,
      fused: null,
    },
  });

  it('is kept while its words are as many', () => {
    const rows = new MeasuredRows();
    const guess = rows.heightOf(row('one'), 40, false);
    rows.note(row('one'), guess + 7);
    expect(rows.heightOf(row('two'), 40, false)).toBe(guess + 7);
    expect(rows.heightOf(row('three'), 40, false)).toBe(guess);
  });

  it('is what it was for as long as it is drawn, as nothing tells again what did not change', () => {
    const rows = new MeasuredRows();
    const guess = rows.heightOf(row('one'), 40, false);
    rows.note(row('one'), guess + 19);
    expect(rows.heightOf(row('one more'), 40, true)).toBe(guess + 19);
    // And is known by those words when it isn't drawn any more.
    expect(rows.heightOf(row('one less'), 40, false)).toBe(guess + 19);
    expect(rows.heightOf(row('one'), 40, false)).toBe(guess);
  });
});

describe('words that the recogniser was unsure of', () => {
  const heard = (...words: [string, number | null][]) =>
    words.map(([text, confidence], i) => ({ text, confidence, startMs: i * 100, endMs: i * 100 + 90 }));

  it('stand out of the text, which stays as it is', () => {
    const runs = runsOf(
      utterance({
        text: 'I am, I mean,  I was there',
        words: heard(
          ['I', 0.9],
          ['am,', 0.2],
          ['I', 0.3],
          ['mean,', 0.8],
          ['I', 0.9],
          ['was', 0.49],
          ['there', 0.5],
        ),
      }),
    );
    expect(runs.filter(({ unsure }) => unsure).map(({ text }) => text)).toEqual(['am,', 'I', 'was']);
    expect(runs.map(({ text }) => text).join('')).toBe('I am, I mean,  I was there');
  });

  it('stand in a script without spaces as well; a person’s own words are none of them', () => {
    expect(
      runsOf(utterance({ text: '我没有去。', words: heard(['我', 0.9], ['没有', 0.1], ['去。', null]) })),
    ).toEqual([
      { text: '我', unsure: false },
      { text: '没有', unsure: true },
      { text: '去。', unsure: false },
    ]);
    expect(runsOf(utterance({ text: 'one two', words: [] }))).toEqual([{ text: 'one two', unsure: false }]);
  });
});

describe('typing', () => {
  it('becomes an edit a few times a second, in one group an utterance until it is left', () => {
    vi.useFakeTimers();
    try {
      const put: [string, string, string][] = [];
      const typed = new TypedText((...edit) => put.push(edit));
      typed.type('u', 'H');
      typed.type('u', 'He');
      expect(put).toEqual([]);
      vi.advanceTimersByTime(COMMIT_MS);
      typed.type('u', 'Hey');
      typed.type('v', 'x');
      typed.commit();
      typed.endBurst();
      typed.type('v', 'xy');
      typed.commit();
      expect(put.map(([id, text]) => [id, text])).toEqual([
        ['u', 'He'],
        ['u', 'Hey'],
        ['v', 'x'],
        ['v', 'xy'],
      ]);
      const groups = put.map(([, , group]) => group);
      expect(groups[0]).toBe(groups[1]);
      expect(new Set(groups).size).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('two who speak at once', () => {
  const said = (
    id: string,
    speakerId: string,
    startMs: number,
    endMs: number,
    more: Partial<Utterance> = {},
  ) => utterance({ id, speakerId, startMs, endMs, ...more });
  it('are both marked, a hand-over and one’s own sentences are not', () => {
    const talk = [
      said('a', 's1', 0, 5000),
      said('b', 's2', 1000, 1500),
      said('c', 's2', 4800, 6000),
      said('d', 's2', 5000, 7000),
      said('e', 's1', 7000, 8000),
    ];
    expect([...overlapping({ utterances: talk, events: [] })].sort()).toEqual(['a', 'b']);
  });
  it('are so when their words are, whatever silence is around them', () => {
    const word = (startMs: number, endMs: number) => [{ text: 'w', startMs, endMs, confidence: 1 }];
    const apart = [
      said('a', 's1', 0, 2400, { words: word(200, 2000) }),
      said('b', 's2', 1800, 4000, { words: word(2010, 3800) }),
    ];
    expect([...overlapping({ utterances: apart, events: [] })]).toEqual([]);
  });
  it('are so where several people are marked, in one channel whose utterances follow each other', () => {
    const talk = [said('a', 's1', 0, 3000), said('b', 's2', 3000, 6000), said('c', 's1', 6000, 8000)];
    const marked = (kind: 'crosstalk' | 'laughs') => [
      { id: 'e', kind, startMs: 2600, endMs: 3500, speakerId: null },
    ];
    expect([...overlapping({ utterances: talk, events: marked('crosstalk') })]).toEqual(['a', 'b']);
    expect([...overlapping({ utterances: talk, events: marked('laughs') })]).toEqual([]);
  });
});
