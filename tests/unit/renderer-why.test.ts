/** Effects as signs, and explanations as what a sentence names. */
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { VoiceExplanation } from '#contract/explanation/explanation.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';
import { momentAt } from '../../renderer/features/session/inspector/moment.ts';
import {
  patchFindings,
  regionFindings,
  wordFindings,
} from '../../renderer/features/session/inspector/why/findings.ts';
import { requestsFor } from '../../renderer/features/session/inspector/why/requests.ts';
import { markOf, shownCategory } from '../../renderer/lib/effect-style.ts';

/** An effect on anger alone. */
const anger = (nats: number): number[] => CATEGORIES.map((name) => (name === 'anger' ? nats : 0));
const common = { model: 'm@1', probabilities: [0.1, 0, 0, 0.9, 0, 0, 0], runs: 9 };

describe('marks', () => {
  it('have a sign for each step of strength, and none for what is weak', () => {
    expect([0, 0.19, 0.2, -0.6, 1.5, -4].map((nats) => markOf(nats).signs)).toEqual([
      '',
      '',
      '+',
      '−−',
      '+++',
      '−−−',
    ]);
  });

  it('are about what the modality reads unless the person chose another category', () => {
    expect(shownCategory(null, common.probabilities)).toBe('anger');
    expect(shownCategory('fear', common.probabilities)).toBe('fear');
  });
});

describe('findings', () => {
  it('name words without their punctuation, strongest first, and keep apart what spoke against', () => {
    const text = 'No! I hate it, kind of.';
    const part = (word: string, nats: number) => ({
      start: text.indexOf(word),
      end: text.indexOf(word) + word.length,
      effect: anger(nats),
    });
    const explanation = {
      ...common,
      modality: 'text' as const,
      utteranceId: 'u1',
      parts: [part('No!', 0.6), part('I', 0.1), part('hate', 2), part('it,', 0), part('kind of.', -0.4)],
      phrases: [],
    };
    expect(wordFindings(explanation, text, 'anger')).toEqual({
      speaksFor: ['hate', 'No'],
      against: ['kind of'],
    });
    expect(wordFindings(explanation, text, 'fear')).toEqual({ speaksFor: [], against: [] });
  });

  it('name a stretch by its loudness and band, and as a whole where its bands were not asked about', () => {
    const column = (i: number, nats: number, levelDb: number) => ({
      span: { startMs: i * 600, endMs: (i + 1) * 600 },
      effect: anger(nats),
      levelDb,
    });
    const explanation: VoiceExplanation = {
      ...common,
      modality: 'voice',
      utteranceId: 'u1',
      span: { startMs: 0, endMs: 1800 },
      wholeUtterance: true,
      columns: [column(0, 0.3, -30), column(1, 1, -18), column(2, 0, -24)],
      bands: [],
      cells: [0, 1, 2, 3].map((band) => ({ column: 1, band, effect: anger(band === 2 ? 1 : 0) })),
      pauses: null,
    };
    expect(patchFindings(explanation, 'anger').speaksFor).toEqual([
      { span: { startMs: 600, endMs: 1200 }, band: 'high', loudness: 'loud' },
      { span: { startMs: 0, endMs: 600 }, band: null, loudness: 'quiet' },
    ]);
  });

  it('name regions of a face', () => {
    const explanation = {
      ...common,
      modality: 'face' as const,
      faceId: 'f1',
      timeMs: 0,
      crop: { sidePx: 1, rgb: 'AAAA' },
      regions: [
        { region: 'eyes' as const, effect: anger(-0.3) },
        { region: 'mouth' as const, effect: anger(0.7) },
      ],
      grid: { side: 1, effects: [anger(0)] },
    };
    expect(regionFindings(explanation, 'anger')).toEqual({ speaksFor: ['mouth'], against: ['eyes'] });
  });
});

it('asks about each modality that spoke at the moment, and no other', () => {
  const result = makeAnalysisResult({ durationMs: 120_000, video: true });
  const subject = result.subjects.find(({ faceIds }) => faceIds.length > 0)!;
  const fused = result.fused.find((f) => f.subjectId === subject.id && f.contributions.length === 3)!;
  const moment = momentAt(result, subject.id, fused.span.startMs)!;
  const requests = requestsFor(moment, 'r1', fused.span.startMs + 400.6);
  expect(requests.map(({ modality }) => modality)).toEqual(['text', 'voice', 'face']);
  expect(requests[0]).toEqual({ modality: 'text', recordingId: 'r1', utteranceId: fused.utteranceId });
  expect(requests[2]).toMatchObject({ timeMs: Math.round(fused.span.startMs + 400.6) });
});
