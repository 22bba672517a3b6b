import { describe, expect, it } from 'vitest';
import { inferOffset } from '#models/voice/baseline.ts';
import { familiarity } from '#models/voice/familiarity.ts';
import type { VoiceStatistics } from '#models/voice/settings.ts';
import { uniformNoise } from './voice-signals.ts';

const CLASSES = 4;
const SIZE = 6;
/** Classes three deviations out on axes of their own; voices differ by two, a speaker's manner in one emotion by one. */
const statistics: VoiceStatistics = {
  means: Array.from({ length: CLASSES }, (_, c) => Array.from({ length: SIZE }, (_, d) => (d === c ? 3 : 0))),
  offset: Array<number>(SIZE).fill(4),
  habit: Array<number>(SIZE).fill(1),
  noise: Array<number>(SIZE).fill(1),
};
const certain = (c: number) => Array.from({ length: CLASSES }, (_, k) => (k === c ? 1 : 0));

/** Sums of twelve uniform numbers: Gaussian enough. */
function gaussians(seed: number): () => number {
  const uniform = uniformNoise(400_000, seed);
  let next = 0;
  return () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += uniform[next++]!;
    return sum / 2;
  };
}

/** Root mean square error of the offset over 40 made speakers: inferred, taken as the plain mean, and left at nothing. */
function errors(labels: readonly number[], seed: number) {
  const random = gaussians(seed);
  const square = { inferred: 0, mean: 0, nothing: 0 };
  const grandMean = Array.from({ length: SIZE }, (_, d) => (d < CLASSES ? 3 / CLASSES : 0));
  for (let speaker = 0; speaker < 40; speaker++) {
    const offset = Array.from({ length: SIZE }, () => 2 * random());
    const habits = statistics.means.map(() => Array.from({ length: SIZE }, random));
    const latents = labels.map((c) =>
      Float32Array.from(offset, (o, d) => o + statistics.means[c]![d]! + habits[c]![d]! + random()),
    );
    const inferred = inferOffset(
      latents,
      labels.map(certain),
      labels.map(() => 1),
      statistics,
    );
    offset.forEach((true_, d) => {
      const mean = latents.reduce((sum, latent) => sum + latent[d]!, 0) / latents.length - grandMean[d]!;
      square.inferred += (inferred[d]! - true_) ** 2;
      square.mean += (mean - true_) ** 2;
      square.nothing += true_ ** 2;
    });
  }
  const root = (sum: number) => Math.sqrt(sum / 40 / SIZE);
  return { inferred: root(square.inferred), mean: root(square.mean), nothing: root(square.nothing) };
}

describe('inferOffset', () => {
  it('is the Gaussian posterior mean, in closed form for two classes', () => {
    const single: VoiceStatistics = { means: [[1], [-1]], offset: [4], habit: [1], noise: [2] };
    const latents = [2, 3, 2, 3, 0.5].map((value) => Float32Array.of(value));
    const shares = [0, 0, 0, 0, 1].map((c) => [1 - c, c]);
    const [found] = inferOffset(latents, shares, [1, 1, 1, 1, 1], single);
    const [first, second] = [1 / (1 + 2 / 4), 1 / (1 + 2 / 1)];
    const expected = (first * (2.5 - 1) + second * (0.5 + 1)) / (1 / 4 + first + second);
    expect(found).toBeCloseTo(expected, 5);
  });

  it('finds a speaker’s offset where every emotion is heard', () => {
    const balanced = Array.from({ length: 40 }, (_, i) => i % CLASSES);
    const { inferred, nothing } = errors(balanced, 1);
    expect(inferred).toBeLessThan(0.35 * nothing);
  });

  it('is not drawn away by a speaker who is one emotion four times out of five, as a plain mean is', () => {
    const oneSided = Array.from({ length: 40 }, (_, i) => (i % 5 === 0 ? (i / 5) % CLASSES : 3));
    const { inferred, mean, nothing } = errors(oneSided, 2);
    expect(inferred).toBeLessThan(0.7 * mean);
    expect(inferred).toBeLessThan(0.5 * nothing);
  });

  it('learns nothing from worthless utterances', () => {
    const latents = [Float32Array.from({ length: SIZE }, () => 9)];
    expect([...inferOffset(latents, [certain(0)], [0], statistics)]).toEqual(Array<number>(SIZE).fill(0));
  });
});

describe('familiarity', () => {
  const settings = { middle: Math.log(2), slope: 4 };

  it('falls from what is known to what is strange', () => {
    const [known, between, strange] = [1, 2, 8].map((value) => familiarity([value], [1], settings));
    expect(known).toBeGreaterThan(0.9);
    expect(between).toBeCloseTo(0.5, 5);
    expect(strange).toBeLessThan(0.01);
  });

  it('is that of the utterances that count', () => {
    expect(familiarity([1, 90], [1, 0], settings)).toBeCloseTo(familiarity([1], [1], settings), 9);
    expect(familiarity([], [], settings)).toBe(0);
    expect(familiarity([1], [0], settings)).toBe(0);
  });
});
