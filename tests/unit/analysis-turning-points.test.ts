import { expect, it } from 'vitest';
import type { FusedTrack } from '#contract/analysis/result.ts';
import { turningPoints } from '#main/services/analysis/turning-points.ts';

const STEP_MS = 200;

function track(valence: (number | null)[]): FusedTrack {
  const none = valence.map(() => null);
  return {
    subjectId: 's1',
    stepMs: STEP_MS,
    probabilities: Array.from({ length: 7 }, () => none),
    confidence: none,
    abstained: none,
    disagreementBits: none,
    valence,
    valenceSd: none,
    arousal: none,
    arousalSd: none,
  };
}
const level = (value: number | null, seconds: number): (number | null)[] =>
  Array.from({ length: (seconds * 1000) / STEP_MS }, () => value);

it('finds the drop and the rise where they are, with their size', () => {
  const found = turningPoints(track([...level(0.4, 30), ...level(-0.2, 30), ...level(0.3, 30)]));
  expect(found.map((m) => [m.kind, m.startMs])).toEqual([
    ['valence-drop', 30_000],
    ['valence-rise', 60_000],
  ]);
  expect(found[0]!.amount).toBeCloseTo(-0.6);
});

it('finds nothing in a steady voice, in a short one, or across silence', () => {
  expect(turningPoints(track(level(0.4, 60)))).toEqual([]);
  expect(turningPoints(track([...level(0.5, 3), ...level(-0.5, 3)]))).toEqual([]);
  expect(turningPoints(track([...level(0.5, 20), ...level(null, 40), ...level(-0.5, 20)]))).toEqual([]);
});
