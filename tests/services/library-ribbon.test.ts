/** The tiny picture of a session. */
import { expect, test } from 'vitest';
import type { FusedTrack } from '#contract/analysis/result.ts';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { ribbonOf } from '#main/services/library/ribbon.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';

/** A track with one category a step; '?' abstained, null unknown. */
function track(steps: (string | null)[], stepMs: number): FusedTrack {
  const known = steps.map((step) => (step === null ? null : 0.8));
  return {
    subjectId: 's',
    stepMs,
    probabilities: CATEGORIES.map((category) =>
      steps.map((step) => (step === null ? null : step === category ? 0.7 : 0.05)),
    ),
    confidence: known,
    abstained: steps.map((step) => (step === null ? null : step === '?' ? 1 : 0)),
    ...{ disagreementBits: known, valence: known, valenceSd: known, arousal: known, arousalSd: known },
  };
}
const { source } = makeAnalysisResult({ durationMs: 10_000 });
const lasting = (durationMs: number) => ({ ...source, media: { ...source.media, durationMs } });

test('a slice takes what most of its steps read as', () => {
  const steps = Array.from({ length: 600 }, (_, i) => {
    const slice = Math.floor(i / 10);
    if (slice === 0) return null;
    if (slice === 1) return i % 10 < 6 ? '?' : 'anger';
    if (slice === 2) return i % 10 < 6 ? 'fear' : 'happiness';
    return i % 10 < 3 ? '?' : 'sadness';
  });
  const ribbon = ribbonOf({ tracks: [track(steps, 200)], source: lasting(120_000) });
  expect(ribbon.slice(0, 4)).toEqual([null, 'not-sure', 'fear', 'sadness']);
  expect(ribbon).toHaveLength(60);
  expect(new Set(ribbon.slice(3))).toEqual(new Set(['sadness']));
});

test('two people are read together', () => {
  const one = track(Array<string>(60).fill('happiness'), 1000);
  const other = track(Array<string | null>(60).fill(null), 1000);
  expect(new Set(ribbonOf({ tracks: [other, one], source: lasting(60_000) }))).toEqual(
    new Set(['happiness']),
  );
});

test('a recording with fewer steps than slices has no holes', () => {
  const ribbon = ribbonOf({ tracks: [track(['anger', 'fear', 'anger'], 200)], source: lasting(600) });
  expect([ribbon[0], ribbon[30], ribbon[59]]).toEqual(['anger', 'fear', 'anger']);
  expect(ribbon).not.toContain(null);
});

test('nothing to show', () => {
  expect(ribbonOf({ tracks: [], source: lasting(60_000) })).toEqual([]);
  expect(ribbonOf({ tracks: [track([], 200)], source: lasting(60_000) })).toEqual(Array(60).fill(null));
});
