/** Files of every format with bytes flipped, cut out or doubled: an error with a code or a transcript that fits, never anything else. */
import { expect, test } from 'vitest';
import { AttuneError } from '#contract/errors.ts';
import { TRANSCRIPT_FORMATS } from '#contract/transcript/formats.ts';
import { transcript as schema, type Transcript } from '#contract/transcript/utterance.ts';
import { readTranscript } from '#models/transcript/read-transcript.ts';
import { writeTranscript } from '#models/transcript/write-transcript.ts';
import { seededRandom } from '#models/metrics/random.ts';

const DURATION_MS = 30_000;
const ROUNDS = 120;
const talk: Transcript = {
  ...{ source: 'imported', recogniser: null, language: 'en', speakersFrom: 'transcript' },
  speakers: ['Anna', '李'].map((label, i) => ({ id: `s${i + 1}`, label, channel: null })),
  utterances: [0, 1, 2, 3].map((i) => {
    const span = { startMs: 5000 * i, endMs: 5000 * i + 4000 };
    const words = [{ text: 'Hello', ...span, confidence: 0.5 }];
    return {
      id: `u${i}`,
      speakerId: `s${1 + (i % 2)}`,
      ...span,
      text: 'Hello 你好 & "so"',
      confidence: 0.5,
      words,
    };
  }),
  events: [{ id: 'e1', kind: 'sighs', startMs: 4200, endMs: 4800, speakerId: 's1' }],
};

test.each(TRANSCRIPT_FORMATS)('%s', (format) => {
  const random = seededRandom(TRANSCRIPT_FORMATS.indexOf(format));
  const { bytes, ending } = writeTranscript(talk, format);
  const below = (limit: number): number => Math.floor(random() * limit);
  const damages: ((whole: Buffer) => Buffer)[] = [
    (whole) => whole.subarray(0, below(whole.length)),
    (whole) => Buffer.concat([whole.subarray(0, below(whole.length)), whole.subarray(below(whole.length))]),
    (whole) => {
      for (let i = 0; i <= below(8); i++) whole[below(whole.length)] = below(256);
      return whole;
    },
  ];
  let refused = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const damaged = damages[round % damages.length]!(Buffer.from(bytes));
    try {
      const read = schema.parse(readTranscript(`talk${ending}`, damaged, DURATION_MS).transcript);
      const spans = [...read.utterances, ...(read.events ?? [])];
      expect(spans.every(({ startMs, endMs }) => startMs < endMs && endMs <= DURATION_MS)).toBe(true);
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error;
      expect(error.code).toMatch(/^transcript-/);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(0);
});
