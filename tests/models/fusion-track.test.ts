import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fusedTrack as trackSchema } from '#contract/analysis/result.ts';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { modelManifest } from '#contract/models/manifest.ts';
import { activeEvidence, nearness } from '#models/fusion/active.ts';
import { fuse } from '#models/fusion/fuse.ts';
import { parseFusionSettings } from '#models/fusion/settings.ts';
import { fusedTrack } from '#models/fusion/track.ts';

const file = new URL('../../models/weights/fusion/manifest.json', import.meta.url);
const settings = parseFusionSettings(modelManifest.parse(JSON.parse(readFileSync(file, 'utf8'))).settings);

const piece = (
  modality: 'text' | 'voice' | 'face',
  startMs: number,
  endMs: number,
  valence: number,
  quality = 1,
) => ({
  modality,
  span: { startMs, endMs },
  probabilities: CATEGORIES.map((c) => (c === (valence > 0 ? 'happiness' : 'sadness') ? 0.7 : 0.05)),
  dimensions: { valence: { mean: valence, sd: 0.2 } },
  quality,
});

describe('evidence near a time', () => {
  test('counts fully inside its span and fades linearly outside it', () => {
    const e = piece('text', 1000, 2000, 0.5);
    expect([0, 500, 1000, 1500, 2000, 2250, 3000].map((t) => nearness(e, t, 1000))).toEqual([
      0, 0.5, 1, 1, 1, 0.75, 0,
    ]);
  });
  test('the sweep finds the same as looking at every piece', () => {
    const evidence = Array.from({ length: 60 }, (_, i) =>
      piece('voice', (i * 7919) % 9000, ((i * 7919) % 9000) + (i % 9) * 300, 0.1),
    );
    const near = activeEvidence(evidence, 800);
    for (let t = 0; t <= 10_000; t += 130) {
      const inside = evidence.filter((e) => e.span.startMs <= t && t < e.span.endMs);
      const expected = inside.length > 0 ? inside : evidence.filter((e) => nearness(e, t, 800) > 0);
      expect(near(t)).toHaveLength(expected.length);
    }
  });
  test('a row of equal windows is as steady as one long piece', () => {
    const windows = Array.from({ length: 20 }, (_, i) => piece('face', i * 1000, (i + 1) * 1000, 0.4, 0.6));
    const tiled = fusedTrack('s1', windows, 19_800, 200, settings);
    const whole = fusedTrack('s1', [piece('face', 0, 20_000, 0.4, 0.6)], 19_800, 200, settings);
    tiled.confidence.forEach((c, i) => expect(c).toBeCloseTo(whole.confidence[i]!, 9));
  });
});

describe('fused track', () => {
  const evidence = [
    piece('text', 1000, 4000, 0.5),
    piece('face', 1000, 2500, 0.3),
    piece('voice', 9000, 11_000, -0.5),
  ];
  const track = fusedTrack('s1', evidence, 12_300, 200, settings);

  test('fits the contract: one entry a step, every column known at the same times', () => {
    expect(trackSchema.parse(track)).toEqual(track);
    expect(track.confidence).toHaveLength(62);
    track.confidence.forEach((c, i) => {
      const known = c !== null;
      for (const column of [
        ...track.probabilities,
        track.abstained,
        track.disagreementBits,
        track.valence,
        track.valenceSd,
      ])
        expect(column[i] !== null).toBe(known);
    });
  });
  test('is null where nothing is near', () => {
    expect(track.confidence[0]).toBeNull();
    expect(track.confidence[30]).toBeNull();
    expect(track.confidence[10]).not.toBeNull();
  });
  test('says nothing beside evidence where too little of it is left, and "not sure" only where there is some', () => {
    const faint = fusedTrack('s1', [piece('text', 4000, 6000, 0, 0.2)], 10_000, 200, settings);
    expect(faint.abstained[25]).toBe(1);
    expect(faint.abstained.findIndex((a) => a !== null)).toBe(20);
    expect(faint.abstained.findLastIndex((a) => a !== null)).toBe(29);
  });
  test('at a time inside two spans it is what fuse says of the two', () => {
    const there = fuse(evidence.slice(0, 2), settings);
    expect(track.probabilities.map((p) => p[10])).toEqual(there.probabilities);
    expect(track.confidence[10]).toBe(there.confidence);
  });
  test('valence follows the evidence, within its band; arousal nobody measured stays unknown', () => {
    expect(track.valence[12]).toBeGreaterThan(0.1);
    expect(track.valence[50]).toBeLessThan(-0.1);
    expect(track.arousal.every((a) => a === null)).toBe(true);
  });
  test('a finer grid does not make the band narrower', () => {
    const fine = fusedTrack('s1', evidence, 12_300, 100, settings);
    expect(fine.valenceSd[24]! / track.valenceSd[12]!).toBeCloseTo(1, 1);
  });
  test('an hour at 5 steps a second holds its length and stays within bounds', () => {
    const hour = 3_600_000;
    const long = Array.from({ length: 1800 }, (_, i) =>
      piece('voice', i * 2000, i * 2000 + 2000, Math.sin(i / 40)),
    );
    const result = fusedTrack('s1', long, hour, 200, settings);
    expect(result.valence).toHaveLength(18_001);
    expect(result.valence.every((v) => v !== null && Math.abs(v) <= 1)).toBe(true);
  });
});
