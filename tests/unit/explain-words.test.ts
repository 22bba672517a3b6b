/** Explaining words of a mixed text asks both models of every part, and refuses readings of others. */
import { expect, test } from 'vitest';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import { explainWords } from '#main/services/explanation/explain-words.ts';
import type { Explaining } from '#main/services/explanation/types.ts';

type Items = InferenceTasks['text.read']['params']['items'];

function explaining(text: string, model: string, given: Items): Explaining {
  const utterance = { id: 'u1', text, confidence: null };
  const result = {
    transcript: { language: null, utterances: [utterance] },
    evidence: [{ modality: 'text', utteranceId: 'u1', model }],
  } as unknown as AnalysisResult;
  const parts = {
    models: { tags: () => ['text-emotion@1', 'text-emotion-zh@2'], fingerprint: () => ['1', '2'] },
    cache: new MemoryStageCache(),
    inference: {
      call: (_task: string, { items }: { items: Items }) => {
        given.push(...items);
        const uniform = new Array<number>(7).fill(1 / 7);
        return Promise.resolve({ readings: items.map(() => ({ probabilities: uniform })) });
      },
    },
  };
  const signal = new AbortController().signal;
  return { result, parts, signal, asked: () => undefined } as unknown as Explaining;
}

const request = { modality: 'text', recordingId: 'r1', utteranceId: 'u1' } as const;

test.each([
  ['I am so 难过 today', 'text-emotion@1 + text-emotion-zh@2', 'both'],
  ['I am so sad today', 'text-emotion@1', 'en'],
  ['我今天很难过', 'text-emotion-zh@2', 'zh'],
])('%s', async (text, model, readBy) => {
  const given: Items = [];
  const { model: named } = await explainWords(request, explaining(text, model, given));
  expect(named).toBe(model);
  expect(given.map((item) => item.text)).toContain('');
  expect(new Set(given.map((item) => item.readBy))).toEqual(new Set([readBy]));
});

test('a reading in which another version took part is outdated', async () => {
  const other = explaining('I am so 难过 today', 'text-emotion@1 + text-emotion-zh@1', []);
  await expect(explainWords(request, other)).rejects.toMatchObject({ code: 'analysis-outdated' });
});
