import { describe, expect, test } from 'vitest';
import { carriedForward, restingBelief, updated } from '#models/fusion/kalman.ts';
import type { Observation } from '#models/fusion/kalman.ts';
import { smooth } from '#models/fusion/rts.ts';
import type { ProcessModel } from '#models/fusion/settings.ts';

const process: ProcessModel = { level: 0.1, sd: 0.4, timeConstantMs: 3000 };
const observations: Observation[] = [
  { timeMs: 200, mean: 0.5, sd: 0.2 },
  { timeMs: 900, mean: -0.3, sd: 0.5 },
  { timeMs: 905, mean: 0.4, sd: 0.1 },
  { timeMs: 7000, mean: -0.6, sd: 0.3 },
];

/** Posterior of a Gaussian process with covariance sd^2 exp(-|t| / timeConstant), by solving its normal equations directly. */
function gaussianProcess(at: number, seen: readonly Observation[]): { mean: number; sd: number } {
  const k = (a: number, b: number) => process.sd ** 2 * Math.exp(-Math.abs(a - b) / process.timeConstantMs);
  const matrix = seen.map((a, i) => seen.map((b, j) => k(a.timeMs, b.timeMs) + (i === j ? a.sd ** 2 : 0)));
  const cross = seen.map((o) => k(at, o.timeMs));
  const alpha = solve(matrix, cross);
  const mean = process.level + alpha.reduce((s, a, i) => s + a * (seen[i]!.mean - process.level), 0);
  const variance = process.sd ** 2 - alpha.reduce((s, a, i) => s + a * cross[i]!, 0);
  return { mean, sd: Math.sqrt(variance) };
}

function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let i = 0; i < n; i++)
    for (let r = i + 1; r < n; r++) {
      const factor = rows[r]![i]! / rows[i]![i]!;
      for (let c = i; c <= n; c++) rows[r]![c] = rows[r]![c]! - factor * rows[i]![c]!;
    }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i]![n]!;
    for (let c = i + 1; c < n; c++) rest -= rows[i]![c]! * x[c]!;
    x[i] = rest / rows[i]![i]!;
  }
  return x;
}

describe('Kalman filter of an Ornstein-Uhlenbeck process', () => {
  test('at rest it stays at rest', () => {
    const later = carriedForward(restingBelief(0, process), 5000, process);
    expect(later.mean).toBeCloseTo(process.level, 12);
    expect(later.variance).toBeCloseTo(process.sd ** 2, 12);
  });
  test('an excursion shrinks to 1/e after the time constant', () => {
    const later = carriedForward({ timeMs: 0, mean: 0.9, variance: 0 }, 3000, process);
    expect(later.mean).toBeCloseTo(0.1 + 0.8 / Math.E, 12);
    expect(later.variance).toBeCloseTo(0.16 * (1 - Math.exp(-2)), 12);
  });
  test('one measurement is the conjugate normal update', () => {
    const after = updated(restingBelief(0, process), { timeMs: 0, mean: 0.7, sd: 0.4 }, process);
    expect(after.mean).toBeCloseTo(0.4, 12);
    expect(after.variance).toBeCloseTo(0.08, 12);
  });
  test('equally spaced measurements reach the steady state of the Riccati equation', () => {
    let belief = restingBelief(0, process);
    for (let i = 1; i <= 400; i++) belief = updated(belief, { timeMs: i * 100, mean: 0, sd: 0.3 }, process);
    const a2 = Math.exp(-200 / 3000);
    const q = (1 - a2) * 0.16;
    const r = 0.09;
    // P = (a2 P + q) r / (a2 P + q + r), solved for its positive root.
    const b = q + r - a2 * r;
    const p = (-b + Math.sqrt(b * b + 4 * a2 * q * r)) / (2 * a2);
    expect(belief.variance).toBeCloseTo(p, 12);
  });
  test('equals the Gaussian-process posterior given the past', () => {
    const seen = observations.reduce((belief, o) => updated(belief, o, process), restingBelief(0, process));
    const now = carriedForward(seen, 8000, process);
    const exact = gaussianProcess(8000, observations);
    expect(now.mean).toBeCloseTo(exact.mean, 10);
    expect(Math.sqrt(now.variance)).toBeCloseTo(exact.sd, 10);
  });
});

describe('RTS smoother', () => {
  const times = [0, 200, 500, 903, 2000, 5000, 9000];

  test('equals the Gaussian-process posterior given everything', () => {
    const track = smooth(observations, times, process);
    times.forEach((t, i) => {
      const exact = gaussianProcess(t, observations);
      expect(track.mean[i]).toBeCloseTo(exact.mean, 10);
      expect(track.sd[i]).toBeCloseTo(exact.sd, 10);
    });
  });
  test("doesn't depend on the order of the observations", () => {
    const reversed = smooth([...observations].reverse(), times, process);
    expect(reversed).toEqual(smooth(observations, times, process));
  });
  test('without observations it is the process at rest', () => {
    const track = smooth([], times, process);
    track.mean.forEach((m) => expect(m).toBeCloseTo(process.level, 12));
    track.sd.forEach((s) => expect(s).toBeCloseTo(process.sd, 12));
  });
  test('is narrower than the filter and widest far from evidence', () => {
    const track = smooth(observations, [200, 4000, 7000], process);
    expect(track.sd[1]).toBeGreaterThan(track.sd[0]!);
    expect(track.sd[1]).toBeGreaterThan(track.sd[2]!);
    expect(track.sd[1]).toBeLessThan(process.sd);
  });
});
