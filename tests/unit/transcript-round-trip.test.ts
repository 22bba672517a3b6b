import { describe, expect, test } from 'vitest';
import { TRANSCRIPT_FORMATS, type LossCode, type TranscriptFormat } from '#contract/transcript/formats.ts';
import { transcript as schema, type Transcript } from '#contract/transcript/utterance.ts';
import { lossesOf } from '#models/transcript/losses.ts';
import { readTranscript } from '#models/transcript/read-transcript.ts';
import { writeTranscript } from '#models/transcript/write-transcript.ts';
import { seededRandom } from '#models/metrics/random.ts';

/** Two people, both languages, talk at once, a pause, words with times that touch, gap, and begin late. */
const TALK: Transcript = {
  source: 'imported',
  recogniser: null,
  language: null,
  speakersFrom: 'transcript',
  events: [
    { id: 'e0001', kind: 'laughs', startMs: 1450, endMs: 2000, speakerId: 's1' },
    { id: 'e0002', kind: 'silence', startMs: 10_000, endMs: 14_000, speakerId: null },
    { id: 'e0003', kind: 'crosstalk', startMs: 15_000, endMs: 15_600, speakerId: null },
    { id: 'e0004', kind: 'neutral', startMs: 15_700, endMs: 16_000, speakerId: 's1' },
  ],
  speakers: [
    { id: 's1', label: 'Anna Maria', channel: null },
    { id: 's2', label: '李 & "Ben" <b>', channel: null },
  ],
  utterances: [
    {
      id: 'u0001',
      speakerId: 's1',
      startMs: 0,
      endMs: 1500,
      text: 'Hello, 5 > 3 & "so" on.',
      confidence: null,
      words: [
        { text: 'Hello,', startMs: 0, endMs: 400, confidence: null },
        { text: '5', startMs: 400, endMs: 500, confidence: null },
        { text: '>', startMs: 520, endMs: 600, confidence: null },
        { text: '3', startMs: 610, endMs: 700, confidence: null },
        { text: '&', startMs: 700, endMs: 800, confidence: null },
        { text: '"so"', startMs: 850, endMs: 1000, confidence: null },
        { text: 'on.', startMs: 1100, endMs: 1400, confidence: null },
      ],
    },
    {
      id: 'u0002',
      speakerId: 's2',
      startMs: 1200,
      endMs: 2345,
      text: '你好，世界。',
      confidence: null,
      words: [
        { text: '你好，', startMs: 1250, endMs: 1700, confidence: null },
        { text: '世界。', startMs: 1800, endMs: 2345, confidence: null },
      ],
    },
    {
      id: 'u0003',
      speakerId: 's1',
      startMs: 1400,
      endMs: 9_999,
      text: '=SUM(A1) "x',
      confidence: null,
      words: [],
    },
    {
      id: 'u0004',
      speakerId: 's2',
      startMs: 3_600_001,
      endMs: 3_723_004,
      text: "Note: it's 10:30 --> <i>late</i> {\\an8} &amp;",
      confidence: null,
      words: [],
    },
  ],
};

const back = (talk: Transcript, format: TranscriptFormat): Transcript => {
  const { bytes, ending } = writeTranscript(talk, format);
  const read = readTranscript(`talk${ending}`, bytes, Infinity);
  expect(read.format).toBe(format);
  return schema.parse(read.transcript);
};

const withoutWords = (talk: Transcript): Transcript => ({
  ...talk,
  utterances: talk.utterances.map((utterance) => ({ ...utterance, words: [] })),
});

describe('a round trip loses nothing that the format can hold', () => {
  test.each(['vtt', 'textgrid', 'eaf', 'json'] as const)(
    '%s: speakers, times, words with times',
    (format) => {
      expect(back(TALK, format)).toEqual(TALK);
      expect(lossesOf(TALK, format)).toEqual([]);
    },
  );

  test.each(['srt', 'txt', 'docx', 'csv'] as const)(
    '%s: speakers and times; that words lose theirs is said',
    (format) => {
      expect(back(TALK, format)).toEqual(withoutWords(TALK));
      expect(lossesOf(TALK, format)).toEqual([{ code: 'words', count: 2 }]);
    },
  );
});

test.each(TRANSCRIPT_FORMATS)('%s: how sure a mark is comes back, or its loss is said', (format) => {
  const found = { id: 'e0001', kind: 'crosstalk', startMs: 1200, endMs: 1500, speakerId: null } as const;
  const talk: Transcript = { ...TALK, events: [{ ...found, confidence: 0.75 }] };
  const kept = back(talk, format).events?.[0]?.confidence === 0.75;
  expect(kept || lossesOf(talk, format).some(({ code }) => code === 'confidence')).toBe(true);
  if (format === 'json') expect(kept).toBe(true);
});

describe('what a format cannot hold is said before anything is written', () => {
  const recognised: Transcript = {
    ...TALK,
    source: 'recognised',
    recogniser: 'moonshine@1',
    language: 'en',
    speakers: [{ id: 's1', label: 'Left channel', channel: 0 }],
    utterances: [
      {
        id: 'u0001',
        speakerId: 's1',
        startMs: 10,
        endMs: 900,
        text: 'Yes',
        confidence: 0.5,
        words: [{ text: 'Yes', startMs: 10, endMs: 900, confidence: 0.25 }],
      },
    ],
  };
  const kinds: Record<TranscriptFormat, LossCode[]> = {
    vtt: ['channels', 'confidence', 'origin', 'word-confidence', 'words'],
    srt: ['channels', 'confidence', 'language', 'origin', 'word-confidence', 'words'],
    txt: ['channels', 'confidence', 'language', 'origin', 'word-confidence', 'words'],
    docx: ['channels', 'confidence', 'language', 'origin', 'word-confidence', 'words'],
    textgrid: ['channels', 'confidence', 'language', 'origin', 'word-confidence'],
    eaf: ['channels', 'confidence', 'origin', 'word-confidence'],
    csv: ['channels', 'language', 'origin', 'word-confidence', 'words'],
    json: [],
  };
  test.each(TRANSCRIPT_FORMATS)('%s', (format) => {
    expect(
      lossesOf(recognised, format)
        .map(({ code }) => code)
        .sort(),
    ).toEqual(kinds[format]);
  });

  test('names that only some formats can tell from words', () => {
    const named: Transcript = {
      ...TALK,
      speakers: [TALK.speakers[0]!, { id: 's2', label: 'Dr: [B]', channel: null }],
    };
    const lost = (format: TranscriptFormat): LossCode[] =>
      lossesOf(withoutWords(named), format).map(({ code }) => code);
    expect(lost('srt')).toEqual(['speakers']);
    expect(lost('vtt')).toEqual([]);
    expect(lost('csv')).toEqual([]);
  });
});

test.each(TRANSCRIPT_FORMATS)(
  '%s: two speakers of one name stay two, or that they are joined is said',
  (format) => {
    const twins = { ...withoutWords(TALK), speakers: TALK.speakers.map((one) => ({ ...one, label: 'Ann' })) };
    expect(back(twins, format).speakers).toHaveLength(format === 'json' ? 2 : 1);
    expect(lossesOf(twins, format)).toEqual(format === 'json' ? [] : [{ code: 'speakers', count: 2 }]);
  },
);

describe('a file that nothing can be read back from', () => {
  const saying = (...texts: string[]): Transcript => ({
    ...withoutWords(TALK),
    events: [],
    utterances: texts.map((text, i) => ({
      ...{ ...TALK.utterances[0]!, id: `u${i + 1}`, text, words: [] },
      ...{ startMs: 1000 * i, endMs: 1000 * i + 900 },
    })),
  });
  test.each(TRANSCRIPT_FORMATS)('%s: every utterance counts as lost', (format) => {
    const allLost = [{ code: 'utterances', count: 2 }];
    expect(lossesOf(saying('Hello', 'word '.repeat(30_000)), format)).toEqual(allLost);
    expect(lossesOf(saying('[laughs]', '[laughs]'), format)).toEqual(format === 'json' ? [] : allLost);
    // Where names stand before the words, a name without any is read as words.
    expect(lossesOf(saying('', ''), format)).not.toEqual([]);
  });

  test('our own JSON tells words from what is heard beside them, whatever the words are', () => {
    const talk = saying('Hello', '[laughs]');
    expect(back(talk, 'json').utterances.map(({ text }) => text)).toEqual(['Hello', '[laughs]']);
    expect(lossesOf(talk, 'json')).toEqual([]);
    const events = back({ ...talk, events: TALK.events }, 'json').events;
    expect(events?.map(({ kind }) => kind)).toEqual(['laughs', 'silence', 'crosstalk', 'neutral']);
  });
});

test('any transcript can be written to any format and read again, however odd its words', () => {
  const random = seededRandom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const ODD = [
    'a',
    'Anna:',
    '[x]',
    '<v B>',
    '-->',
    '00:01',
    '"',
    "'=1",
    '\t',
    '\n',
    '&lt;',
    '你好',
    '😀',
    '\u0000',
    '@',
    '{\\i}',
    '|',
    ';',
    '01:02:03 Z',
  ];
  const some = (most: number): string =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(ODD)).join(pick(['', ' ']));
  for (let round = 0; round < 150; round++) {
    const utterances = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, i) => {
      const startMs = Math.floor(random() * 5000);
      const endMs = startMs + 1 + Math.floor(random() * 3000);
      const words = random() < 0.5 ? [] : [{ text: some(1), startMs, endMs, confidence: null }];
      return {
        id: `u${i}`,
        speakerId: pick(['s1', 's2']),
        startMs,
        endMs,
        text: `w${some(5)}`,
        confidence: null,
        words,
      };
    }).sort((a, b) => a.startMs - b.startMs);
    const talk: Transcript = {
      ...TALK,
      speakers: ['s1', 's2'].map((id) => ({ id, label: `n${some(3)}`, channel: null })),
      utterances,
    };
    for (const format of TRANSCRIPT_FORMATS) {
      const read = back(talk, format);
      expect(read.utterances.length, `${format} ${JSON.stringify(talk)}`).toBe(utterances.length);
      const times = (one: Transcript): string[] =>
        one.utterances.map(({ startMs, endMs }) => `${startMs} ${endMs}`).sort();
      expect(times(read)).toEqual(times(talk));
    }
  }
});
