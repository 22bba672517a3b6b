import { describe, expect, it } from 'vitest';
import { inferBaseline, unknownSpeaker } from '#models/voice/baseline.ts';
import type { SpeakerBaseline } from '#models/voice/baseline.ts';
import { classLogLikelihoods } from '#models/voice/gaussian.ts';
import type { LatentClasses } from '#models/voice/settings.ts';
import { uniformNoise } from './voice-signals.ts';

const SIZE = 12;
const SETTINGS = { fewestUtterances: 8, leastSeconds: 30, independence: 0.2, rounds: 15 };
/** Nine classes two deviations out on axes of their own, in a space where voices differ by three deviations. */
const classes: LatentClasses = {
  means: Array.from({ length: 9 }, (_, c) => Array.from({ length: SIZE }, (_, d) => (d === c ? 3 : 0))),
  offsetVariance: Array.from({ length: SIZE }, (_, d) => (d < 9 ? 2 : 0.2)),
};

function gaussians(seed: number): () => number {
  const uniform = uniformNoise(200_000, seed);
  let next = 0;
  return () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += uniform[next++]!;
    return sum / 2;
  };
}

function accuracy(
  labelsOf: (random: () => number) => number[],
  seed: number,
): { alone: number; joint: number } {
  const random = gaussians(seed);
  const right = { alone: 0, joint: 0 };
  let total = 0;
  for (let speaker = 0; speaker < 12; speaker++) {
    const offset = classes.offsetVariance.map((variance) => Math.sqrt(variance) * random());
    const labels = labelsOf(random);
    const latents = labels.map((c) =>
      Float32Array.from({ length: SIZE }, (_, d) => classes.means[c]![d]! + offset[d]! + random()),
    );
    const inferred = inferBaseline(
      latents,
      labels.map(() => 1),
      classes,
      SETTINGS,
    );
    labels.forEach((label, i) => {
      if (best(latents[i]!, unknownSpeaker(classes)) === label) right.alone++;
      if (best(latents[i]!, inferred) === label) right.joint++;
    });
    total += labels.length;
  }
  return { alone: right.alone / total, joint: right.joint / total };
}

function best(latent: Float32Array, { offset, variance }: SpeakerBaseline): number {
  const logs = classLogLikelihoods(
    latent,
    offset,
    variance.map((v) => 1 + v),
    classes,
  );
  return logs.indexOf(Math.max(...logs));
}

describe('inferBaseline', () => {
  const balanced = () => Array.from({ length: 45 }, (_, i) => i % 9);
  const oneSided = () => Array.from({ length: 45 }, (_, i) => (i % 5 === 0 ? (i / 5) % 9 : 3));

  it('reads a speaker with all emotions far better than alone', () => {
    const { alone, joint } = accuracy(balanced, 1);
    expect(joint).toBeGreaterThan(alone + 0.08);
  });

  it('does not turn against a speaker who is one emotion four times out of five', () => {
    const { alone, joint } = accuracy(oneSided, 2);
    expect(joint).toBeGreaterThan(alone - 0.03);
  });

  it('knows more the more it heard, and nothing from worthless utterances', () => {
    const latents = balanced().map((c) => Float32Array.from(classes.means[c]!, (value) => value + 1));
    const many = inferBaseline(
      latents,
      latents.map(() => 1),
      classes,
      SETTINGS,
    );
    const few = inferBaseline(
      latents.slice(0, 9),
      latents.slice(0, 9).map(() => 1),
      classes,
      SETTINGS,
    );
    const none = inferBaseline(
      latents,
      latents.map(() => 0),
      classes,
      SETTINGS,
    );
    expect(many.variance[0]).toBeLessThan(few.variance[0]!);
    expect(Math.abs(many.offset[0]! - 1)).toBeLessThan(Math.abs(few.offset[0]! - 1));
    expect(none.offset.every((value) => value === 0)).toBe(true);
    expect([...none.variance]).toEqual(classes.offsetVariance);
  });
});
