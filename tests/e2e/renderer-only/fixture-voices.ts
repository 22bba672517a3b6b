/** Voices in the page: a result whose speakers were told apart by them, unsurely, and what is known of whom they sound like. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';
import type { VoiceTurns } from '#contract/transcript/edit/tell-apart.ts';
import { shared, tokens } from '#contract/transcript/edit/words.ts';

const KEPT = {
  ...{ id: 'v1', participant: 'P-014', name: 'Ines Marchetti' },
  ...{ keptAt: '2026-01-03T14:05:00.000Z', speechMs: 58_000 },
};

/** Two voices that are alike in one channel, who speak at once where every seventh utterance ends; every fifth word is unsure. */
export function byVoice(result: AnalysisResult): AnalysisResult {
  const { transcript } = result;
  const events = transcript.utterances.flatMap(({ endMs }, i): HeardEvent[] =>
    i % 7 === 2
      ? [
          {
            ...{ id: `e${i}`, kind: 'crosstalk', speakerId: null, confidence: 0.81 },
            ...{ startMs: endMs - 700, endMs },
          },
        ]
      : [],
  );
  const utterances = transcript.utterances.map((utterance) => ({
    ...utterance,
    words: shared(tokens(utterance.text), utterance.startMs, utterance.endMs).map((word, i) => ({
      ...word,
      confidence: i % 5 === 3 ? 0.3 : 0.9,
    })),
  }));
  const speakers = transcript.speakers.map(({ id }, i) => ({
    ...{ id, label: `Speaker ${i + 1}`, channel: null, alike: true },
  }));
  return {
    ...result,
    transcript: { ...transcript, speakersFrom: 'voices', utterances, speakers, events },
    notices: [
      {
        ...{ code: 'speakers-by-voice', stage: 'speakers' },
        message: '2 voices were found in the one channel. Say how many people speak if that is wrong.',
      },
      {
        ...{ code: 'speaker-count-unsure', stage: 'speakers', people: [2, 3] },
        message: 'By their voices 2 or 3 people speak: please check.',
      },
    ],
  };
}

export const fixtureVoices = (
  result: AnalysisResult,
): Record<string, (input: Record<string, unknown>) => unknown> => ({
  'voices.list': () => ({
    voices: [
      { ...KEPT, outdated: false },
      { ...KEPT, id: 'v2', name: 'Dr Rossi', keptAt: '2025-06-12T09:30:00.000Z', outdated: true },
    ],
  }),
  'voices.keep': () => KEPT,
  'voices.forget': () => ({}),
  'voices.suggest': () => ({
    suggestions:
      result.transcript.speakersFrom === 'voices'
        ? [{ speakerId: result.transcript.speakers[1]!.id, voiceId: 'v1', name: KEPT.name, similarity: 0.78 }]
        : [],
  }),
  'transcript.voices': ({ people }): VoiceTurns => ({
    turns: result.transcript.utterances.map(({ startMs, endMs }, i) => ({
      ...{ startMs, endMs, voice: i % Number(people) },
    })),
    alike: [],
  }),
});
