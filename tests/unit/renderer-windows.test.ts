import { describe, expect, it } from 'vitest';
import type { Evidence } from '#contract/emotion/evidence.ts';
import { saidBy } from '../../renderer/lib/emotion-style.ts';
import { windowsDuring } from '../../renderer/features/session/inspector/windows.ts';

const window = (startMs: number, endMs: number, surprise: number, quality = 1): Evidence => ({
  id: `face-${startMs}`,
  modality: 'face',
  span: { startMs, endMs },
  faceId: 'f1',
  model: 'face@1',
  probabilities: [1 - surprise, 0, 0, 0, 0, 0, surprise],
  fine: { contempt: surprise },
  labels: [],
  dimensions: {},
  quality,
  reasons: quality < 0.5 ? ['face-small'] : [],
});

describe('a face during an utterance', () => {
  const span = { startMs: 1000, endMs: 5000 };

  it('is what its windows say on average, not the first of them', () => {
    const said = windowsDuring(span, [
      window(0, 2000, 0.2),
      window(2000, 4000, 0.9),
      window(4000, 6000, 0.9),
    ])!;
    expect(said.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1);
    expect(said.probabilities[6]).toBeGreaterThan(0.7);
    // Weights 1/2, 1, 1/2 of 2: the odds are the weighted geometric mean of the windows' odds.
    const logOdds = (p: number): number => Math.log(p / (1 - p));
    const expected = (0.5 * logOdds(0.2) + 1.5 * logOdds(0.9)) / 2;
    expect(logOdds(said.probabilities[6]!)).toBeCloseTo(expected, 3);
    expect(said.span).toEqual(span);
  });

  it('counts good windows more, keeps every reason, and is null without a window in the span', () => {
    const said = windowsDuring(span, [window(1000, 3000, 0.9, 0.1), window(3000, 5000, 0.1, 0.9)])!;
    expect(said.probabilities[0]).toBeGreaterThan(0.8);
    expect(said.reasons).toEqual(['face-small']);
    expect(windowsDuring(span, [window(5000, 7000, 0.9)])).toBeNull();
  });
});

describe('what one modality names by itself', () => {
  it('is nothing below the limit', () => {
    expect(saidBy([0.4, 0.3, 0.1, 0.1, 0.1, 0, 0], 0.45)).toBe('not-sure');
    expect(saidBy([0.5, 0.2, 0.1, 0.1, 0.1, 0, 0], 0.45)).toBe('neutral');
  });
});
