/** What edits of a transcript promise, over many random sequences of them and on cases that people meet. */
import { describe, expect, it } from 'vitest';
import type { AttuneError } from '#contract/errors.ts';
import { applyChange, composed, invertChange, isEmpty, same } from '#contract/transcript/edit/change.ts';
import type { TranscriptChange } from '#contract/transcript/edit/change.ts';
import { byTime, documentOf, type TranscriptDocument } from '#contract/transcript/edit/document.ts';
import { editOperation, type EditOperation } from '#contract/transcript/edit/operation.ts';
import { changeOf } from '#contract/transcript/edit/perform.ts';
import { transcript as transcriptSchema, type Utterance } from '#contract/transcript/utterance.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';
import { seededRandom, type Random } from '#models/metrics/random.ts';

const DURATION_MS = 180_000;
const made = makeAnalysisResult({ durationMs: DURATION_MS }).transcript;

const randomText = (random: Random): string =>
  Array.from(
    { length: Math.floor(random() * 9) },
    () => ['well,', 'I', 'see', 'the', '我们今天', 'know.', 'it’s', 'ä'][Math.floor(random() * 8)],
  ).join(' ');

/** Any operation at all, many of them impossible. */
function randomOperation(document: TranscriptDocument, random: Random): EditOperation {
  const any = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const time = (): number => Math.floor(random() * DURATION_MS * 1.02);
  const u = any(document.utterances);
  const at = document.utterances.indexOf(u);
  const next = document.utterances[at + 1] ?? u;
  const s = any(document.speakers);
  const newId = `n${Math.floor(random() * 1e9)}`;
  const offset = Math.floor(random() * (u.text.length + 2));
  const near = (ms: number): number => Math.max(0, ms + Math.floor((random() - 0.5) * 3000));
  const utteranceId = u.id;
  return any<() => EditOperation>([
    () => ({ kind: 'set-text', utteranceId, text: randomText(random) }),
    () => ({
      kind: 'set-text',
      utteranceId,
      text: `${u.text.slice(0, offset)}${randomText(random)}${u.text.slice(offset)}`,
    }),
    () => ({ kind: 'split', utteranceId, offset, newId }),
    () => ({ kind: 'split', utteranceId, offset, newId, atMs: time() }),
    () => ({ kind: 'join', utteranceId, nextId: next.id }),
    () => ({ kind: 'bounds', utteranceId, startMs: near(u.startMs), endMs: near(u.endMs) }),
    () => ({
      kind: 'insert',
      newId,
      speakerId: s.id,
      text: randomText(random),
      startMs: time(),
      endMs: time(),
    }),
    () => ({ kind: 'remove', utteranceId }),
    () => ({
      kind: 'replace',
      find: any(['the', 'I', 'e', '我们']),
      with: any(['', 'one two', 'x']),
      matchCase: random() < 0.5,
      wholeWords: random() < 0.5,
    }),
    () => ({
      kind: 'mark',
      event: {
        id: any(['e1', 'e2', newId]),
        kind: any(['laughs', 'silence'] as const),
        startMs: time(),
        endMs: time(),
        speakerId: s.id,
      },
    }),
    () => ({ kind: 'unmark', eventId: any(['e1', 'e2']) }),
    () => ({ kind: 'assign', utteranceId, speakerId: s.id, scope: any(['one', 'from-here'] as const) }),
    () => ({ kind: 'set-speaker', speaker: { ...s, id: any([s.id, newId]), label: newId, role: 'client' } }),
    () => ({ kind: 'merge-speakers', speakerId: s.id, intoId: any(document.speakers).id }),
    () => ({ kind: 'not-alike', speakerId: s.id }),
    () => ({ kind: 'not-voice', speakerId: s.id, voiceId: `v${Math.floor(random() * 3)}` }),
    () => ({
      kind: 'tell-apart',
      turns: Array.from({ length: 40 }, (_, i) => ({
        voice: Math.floor(random() * 3),
        startMs: i * 4000,
        endMs: i * 4000 + 1000 + Math.floor(random() * 3000),
      })),
      alike: [0, 1].slice(0, Math.floor(random() * 3)),
    }),
    () => ({ kind: 'split-speaker', utteranceId, speaker: { id: newId, label: 'New', channel: null } }),
  ])();
}

/** What is wrong with a document; nothing should be. */
function faults({ utterances, speakers, events }: TranscriptDocument): string[] {
  const out: string[] = [];
  const check = (holds: boolean, fault: string): void => {
    if (!holds) out.push(fault);
  };
  const ordered = (items: readonly { startMs: number; endMs: number; id: string }[]): boolean =>
    items.every((item, i) => i === 0 || byTime(items[i - 1]!, item) < 0);
  check(ordered(utterances) && ordered(events), 'order');
  const known = new Set(speakers.map(({ id }) => id));
  check(known.size === speakers.length, 'a speaker twice');
  for (const u of utterances) {
    check(known.has(u.speakerId), 'nobody’s utterance');
    check(0 <= u.startMs && u.startMs < u.endMs && u.endMs <= DURATION_MS, 'span');
    let last = u.startMs;
    for (const word of u.words) {
      check(last <= word.startMs && word.startMs <= word.endMs && word.endMs <= u.endMs, 'word times');
      last = word.startMs;
    }
    const words = u.words.map(({ text }) => text).join('');
    check(words === '' || words === u.text.replace(/\s/g, ''), 'words and text differ');
  }
  return out;
}

describe('any sequence of edits', () => {
  it('keeps the transcript in order, and is taken back exactly', () => {
    const done = new Set<string>();
    for (let seed = 1; seed <= 24; seed++) {
      const random = seededRandom(seed);
      const start = documentOf(
        seed % 4 === 0 ? { ...made, utterances: made.utterances.map((u) => ({ ...u, words: [] })) } : made,
      );
      let document = start;
      const changes: TranscriptChange[] = [];
      for (let i = 0; i < 60 && document.utterances.length > 0; i++) {
        const operation = randomOperation(document, random);
        expect(editOperation.parse(operation)).toEqual(operation);
        let change: TranscriptChange;
        try {
          change = changeOf(document, operation, DURATION_MS);
        } catch (thrown) {
          expect((thrown as AttuneError).code).toBe('edit-not-possible');
          continue;
        }
        const after = applyChange(document, change);
        expect(faults(after)).toEqual([]);
        expect(same(applyChange(after, invertChange(change)), document)).toBe(true);
        if (!isEmpty(change)) done.add(operation.kind);
        changes.push(change);
        document = after;
      }
      expect(applyChange(start, composed(changes))).toEqual(document);
      expect(applyChange(document, invertChange(composed(changes)))).toEqual(start);
      expect(transcriptSchema.parse({ ...made, ...document })).toEqual({ ...made, ...document });
    }
    // Every kind was really done, not only refused.
    expect(done.size).toBe(editOperation.options.length);
  });

  it('is refused where the transcript isn’t the one that it was made for', () => {
    const document = documentOf(made);
    const [u] = document.utterances;
    const change = changeOf(document, { kind: 'remove', utteranceId: u!.id }, DURATION_MS);
    const removed = applyChange(document, change);
    expect(() => applyChange(removed, change)).toThrow(expect.objectContaining({ code: 'edit-stale' }));
  });
});

const spoken = (text: string, more: Partial<Utterance> = {}): Utterance => {
  const words = text.split(' ').map((word, i) => ({
    ...{ text: word, startMs: 1000 + i * 500, endMs: 1400 + i * 500 },
    confidence: 0.8,
  }));
  return {
    ...{ id: 'a', speakerId: 's1', startMs: 900, endMs: 900 + text.split(' ').length * 500 + 200 },
    ...{ text, words, confidence: 0.8 },
    ...more,
  };
};
const talk = (...utterances: Utterance[]): TranscriptDocument => ({
  speakers: [
    { id: 's1', label: 'A', channel: 0 },
    { id: 's2', label: 'B', channel: 1 },
  ],
  utterances,
  events: [],
});
const edited = (document: TranscriptDocument, ...operations: EditOperation[]): TranscriptDocument =>
  operations.reduce((d, op) => applyChange(d, changeOf(d, op, 60_000)), document);
const times = (u: Utterance | undefined): unknown => u?.words.map((w) => [w.text, w.startMs, w.endMs]);

describe('words', () => {
  it('that were not touched keep their times; new ones share the time of those that they replace by their length', () => {
    const { utterances } = edited(talk(spoken('I went too the sea')), {
      ...{ kind: 'set-text', utteranceId: 'a', text: 'I did walk, to THE sea' },
    });
    expect(times(utterances[0])).toEqual([
      ['I', 1000, 1400],
      ['did', 1500, 1770],
      ['walk,', 1770, 2220],
      ['to', 2220, 2400],
      ['THE', 2500, 2900],
      ['sea', 3000, 3400],
    ]);
    expect(utterances[0]!.words.map((w) => w.confidence)).toEqual([0.8, null, null, null, 0.8, 0.8]);
  });

  it('put in between stand in the gap; at the end, in what is left of the utterance', () => {
    const [u] = edited(talk(spoken('one two')), {
      kind: 'set-text',
      utteranceId: 'a',
      text: 'one and two then',
    }).utterances;
    expect(times(u)).toEqual([
      ['one', 1000, 1400],
      ['and', 1400, 1500],
      ['two', 1500, 1900],
      ['then', 1900, 2100],
    ]);
  });

  it('get no times where the recogniser gave none', () => {
    const [u] = edited(talk(spoken('one two', { words: [] })), {
      kind: 'set-text',
      utteranceId: 'a',
      text: 'one',
    }).utterances;
    expect(u).toMatchObject({ text: 'one', words: [], confidence: null });
  });

  it('of Chinese are told apart without spaces, and joined without them', () => {
    const chinese = spoken('我们 今天', { text: '我们今天' });
    const [u] = edited(talk(chinese), { kind: 'set-text', utteranceId: 'a', text: '我们明天。' }).utterances;
    expect(times(u)).toEqual([
      ['我们', 1000, 1400],
      ['明天。', 1500, 1900],
    ]);
    const both = edited(talk(chinese, { ...chinese, id: 'b', startMs: 3000, endMs: 4000, words: [] }), {
      ...{ kind: 'join', utteranceId: 'a', nextId: 'b' },
    });
    expect(both.utterances[0]!.text).toBe('我们今天我们今天');
  });
});

describe('splitting and joining', () => {
  it('splits at the words’ own times, so that the pause belongs to neither, and joins to the same words again', () => {
    const before = talk(spoken('yes I know'));
    const parts = edited(before, { kind: 'split', utteranceId: 'a', offset: 4, newId: 'b' });
    expect(parts.utterances.map(({ id, text, startMs, endMs }) => [id, text, startMs, endMs])).toEqual([
      ['a', 'yes', 900, 1400],
      ['b', 'I know', 1500, 2600],
    ]);
    expect(edited(parts, { kind: 'join', utteranceId: 'a', nextId: 'b' })).toEqual(before);
  });

  it('splits by the share of the letters where words have no times, and at a given time where one is given', () => {
    const plain = talk(spoken('abcd efgh', { words: [], startMs: 0, endMs: 900 }));
    const cut = (atMs?: number): number[] =>
      edited(plain, {
        kind: 'split',
        utteranceId: 'a',
        offset: 4,
        newId: 'b',
        ...(atMs === undefined ? {} : { atMs }),
      }).utterances.map(({ startMs }) => startMs);
    expect(cut()).toEqual([0, 400]);
    expect(cut(650)).toEqual([0, 650]);
  });

  it('never parts a word: the cut goes to its nearer end, but anywhere in a script without spaces', () => {
    const cut = (text: string, offset: number): string[] =>
      edited(talk(spoken(text)), { kind: 'split', utteranceId: 'a', offset, newId: 'b' }).utterances.map(
        (u) => u.text,
      );
    expect(cut('I really am', 3)).toEqual(['I', 'really am']);
    expect(cut('I really am', 7)).toEqual(['I really', 'am']);
    expect(cut('I am.', 3)).toEqual(['I', 'am.']);
    expect(cut('我很高兴', 2)).toEqual(['我很', '高兴']);
  });

  it('refuses to make an utterance without words', () => {
    const split = (offset: number) => () =>
      changeOf(talk(spoken('one two')), { kind: 'split', utteranceId: 'a', offset, newId: 'b' }, 60_000);
    expect(split(0)).toThrow(expect.objectContaining({ code: 'edit-not-possible' }));
    expect(split(7)).toThrow(expect.objectContaining({ code: 'edit-not-possible' }));
  });
});

it('a boundary moved inwards takes the words with it that stood outside', () => {
  const [u] = edited(talk(spoken('one two three')), {
    kind: 'bounds',
    utteranceId: 'a',
    startMs: 900,
    endMs: 1700,
  }).utterances;
  expect(times(u)).toEqual([
    ['one', 1000, 1400],
    ['two', 1500, 1700],
    ['three', 1700, 1700],
  ]);
});

describe('find and replace', () => {
  const replace = (text: string, find: string, to: string, matchCase = false, wholeWords = false): string =>
    edited(talk(spoken(text)), { kind: 'replace', find, with: to, matchCase, wholeWords }).utterances[0]!
      .text;

  it('takes what is looked for and what is put literally', () => {
    expect(replace('a.b a+b', 'a+b', '$& $1')).toBe('a.b $& $1');
  });
  it('takes the blanks of what is taken out with it', () => {
    expect(replace('um I um, think so um', 'um', '', false, true)).toBe('I, think so');
    expect(replace('two  blanks', 'x', '')).toBe('two  blanks');
  });
  it('heeds case and whole words when told to, in every script', () => {
    expect(replace('The theme the', 'the', 'a', true, true)).toBe('The theme a');
    expect(replace('The theme the', 'the', 'a')).toBe('a ame a');
    expect(replace('über übergang', 'über', 'x', false, true)).toBe('x übergang');
  });
});

describe('speakers', () => {
  const three = talk(
    spoken('one', { id: 'a' }),
    spoken('two', { id: 'b', startMs: 3000, endMs: 4000, speakerId: 's2', words: [] }),
    spoken('three', { id: 'c', startMs: 5000, endMs: 6000, words: [] }),
  );
  const who = (document: TranscriptDocument): string[] =>
    document.utterances.map(({ speakerId }) => speakerId);

  it('are reassigned for one utterance, or for all of the same speaker from it on', () => {
    const op = { kind: 'assign', utteranceId: 'a', speakerId: 's2' } as const;
    expect(who(edited(three, { ...op, scope: 'one' }))).toEqual(['s2', 's2', 's1']);
    expect(who(edited(three, { ...op, scope: 'from-here' }))).toEqual(['s2', 's2', 's2']);
  });

  it('take along what was said of the one who speaks there', () => {
    const [first] = three.utterances;
    const { startMs, endMs } = first!;
    const neutral = { id: 'n', kind: 'neutral', startMs, endMs, speakerId: 's1' } as const;
    const laugh = { ...neutral, id: 'l', kind: 'laughs' } as const;
    const op = { kind: 'assign', utteranceId: 'a', speakerId: 's2', scope: 'one' } as const;
    const { events } = edited(three, { kind: 'mark', event: neutral }, { kind: 'mark', event: laugh }, op);
    expect(events.map(({ id, speakerId }) => [id, speakerId]).sort()).toEqual([
      ['l', 's1'],
      ['n', 's2'],
    ]);
    expect(edited(three, { kind: 'mark', event: neutral }, { ...op, utteranceId: 'c' }).events).toEqual([
      neutral,
    ]);
  });

  it('are split at a point and merged, with their marks', () => {
    const event = { id: 'e', kind: 'laughs', startMs: 1, endMs: 2, speakerId: 's1' } as const;
    const speaker = { id: 's3', label: 'C', channel: null, role: 'caller' };
    const parted = edited(
      three,
      { kind: 'mark', event },
      { kind: 'split-speaker', utteranceId: 'c', speaker },
    );
    expect(who(parted)).toEqual(['s1', 's2', 's3']);
    const merged = edited(parted, { kind: 'merge-speakers', speakerId: 's1', intoId: 's3' });
    expect([who(merged), merged.events[0]?.speakerId]).toEqual([['s3', 's2', 's3'], 's3']);
    expect(merged.speakers.map(({ id }) => id)).toEqual(['s2', 's3']);
  });
});

it('equality as data heeds neither the order of keys nor what is absent', () => {
  expect(same({ a: 1, b: [{ c: undefined }] }, { b: [{}], a: 1 })).toBe(true);
  expect(same({ a: 1 }, { a: 1, b: null })).toBe(false);
});

describe('speakers whose voices are alike', () => {
  const [a, b] = made.speakers.map((speaker) => ({ ...speaker, alike: true }));
  const c = { id: 'c', label: 'Somebody else', channel: null, alike: true };
  const after = (speakers: TranscriptDocument['speakers'], operation: EditOperation) => {
    const document = { ...documentOf(made), speakers };
    return applyChange(document, changeOf(document, operation, DURATION_MS)).speakers;
  };

  it('stay so under another name, and while there is another to be taken for', () => {
    const named = { ...a!, label: 'Ann' };
    expect(after([a!, b!], { kind: 'set-speaker', speaker: named })).toEqual([named, b]);
    expect(after([a!, b!, c], { kind: 'merge-speakers', speakerId: 'c', intoId: a!.id })).toEqual([a, b]);
  });

  it('are alike to nobody once they are one', () => {
    const merged = after([a!, b!], { kind: 'merge-speakers', speakerId: b!.id, intoId: a!.id });
    expect(merged).toEqual([made.speakers[0]]);
  });
});
