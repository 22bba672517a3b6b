import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATEGORIES, UNIFORM } from '#contract/emotion/categories.ts';
import type { Category } from '#contract/emotion/categories.ts';
import { fused as fusedSchema } from '#contract/emotion/fused.ts';
import { AttuneError } from '#contract/errors.ts';
import { modelManifest } from '#contract/models/manifest.ts';
import { fuse } from '#models/fusion/fuse.ts';
import type { Said } from '#models/fusion/opinion.ts';
import { parseFusionSettings } from '#models/fusion/settings.ts';

const manifest = modelManifest.parse(
  JSON.parse(readFileSync(new URL('../../models/weights/fusion/manifest.json', import.meta.url), 'utf8')),
);
const shipped = parseFusionSettings(manifest.settings);

/** The shipped settings with every modality taken at its word, so that a refitted manifest doesn't change what is expected here. */
const settings = structuredClone(shipped);
const asItIs = { gain: 1, offset: 0, sdScale: 1 };
for (const m of Object.values(settings.modalities)) {
  m.weight = 1;
  m.baseRate = UNIFORM;
  m.dimensions = { valence: asItIs, arousal: asItIs, dominance: asItIs };
}

const says = (modality: Said['modality'], category: Category, p = 0.8, quality = 1): Said => ({
  modality,
  probabilities: CATEGORIES.map((c) => (c === category ? p : (1 - p) / 6)),
  dimensions: {},
  quality,
});

describe('fuse', () => {
  test('the result fits the contract and its probabilities sum to 1', () => {
    const result = fuse(
      [says('text', 'anger'), says('voice', 'anger'), says('face', 'neutral', 0.6, 0.5)],
      shipped,
    );
    expect(fusedSchema.parse(result)).toEqual(result);
    expect(result.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(result.top).toBe('anger');
  });

  test("two that agree are surer than either alone, and don't disagree", () => {
    const text = says('text', 'sadness', 0.7);
    const voice = says('voice', 'sadness', 0.7);
    const both = fuse([text, voice], settings);
    expect(both.confidence).toBeGreaterThan(fuse([text], settings).confidence);
    expect(both.confidence).toBeGreaterThan(fuse([voice], settings).confidence);
    expect(both.disagreementBits).toBeLessThan(0.1);
    expect(fuse([text, says('voice', 'happiness', 0.9)], settings).disagreementBits).toBeGreaterThan(0.4);
  });

  test('a modality of quality 0 drops out, and lower quality means less say', () => {
    const text = says('text', 'happiness', 0.9);
    expect(fuse([text, says('voice', 'anger', 0.99, 0)], settings)).toEqual(fuse([text], settings));
    const anger = CATEGORIES.indexOf('anger');
    const loud = fuse([text, says('voice', 'anger', 0.9, 0.9)], settings).probabilities[anger]!;
    const faint = fuse([text, says('voice', 'anger', 0.9, 0.2)], settings).probabilities[anger]!;
    expect(faint).toBeLessThan(loud);
  });

  test('nothing, or nothing good, is "not sure"', () => {
    const nothing = fuse([], settings);
    expect(nothing).toMatchObject({
      abstained: true,
      contributions: [],
      disagreementBits: 0,
      dimensions: {},
    });
    nothing.probabilities.forEach((p, c) => expect(p).toBeCloseTo(settings.prior[c]!, 12));
    expect(fuse([says('voice', 'neutral', 0.99, settings.minimumQuality / 2)], settings).abstained).toBe(
      true,
    );
    expect(fuse([says('voice', 'neutral', 0.99)], settings).abstained).toBe(false);
    expect(fuse([says('voice', 'neutral', 0.99)], { ...settings, abstainBelow: 1 }).abstained).toBe(true);
  });

  test('contributions sum to the gain in log probability, and the shares to 1', () => {
    const result = fuse(
      [says('text', 'fear', 0.5), says('voice', 'anger', 0.9), says('face', 'fear', 0.4, 0.6)],
      settings,
    );
    const top = CATEGORIES.indexOf(result.top);
    const gain = Math.log(result.confidence) - Math.log(settings.prior[top]!);
    expect(result.contributions.map((c) => c.modality)).toEqual(['text', 'voice', 'face']);
    expect(result.contributions.reduce((s, c) => s + c.shapleyNats, 0)).toBeCloseTo(gain, 10);
    expect(result.contributions.reduce((s, c) => s + c.share, 0)).toBeCloseTo(1, 10);
    expect(result.top).toBe('anger');
    expect(result.contributions[0]!.shapleyNats).toBeLessThan(0);
    expect(result.contributions[1]!.shapleyNats).toBeGreaterThan(0);
  });

  test('contributions that are all 0 get equal shares', () => {
    const empty: Said[] = (['text', 'voice'] as const).map((modality) => ({
      ...says(modality, 'neutral'),
      probabilities: settings.modalities[modality].baseRate,
    }));
    const shares = fuse(empty, settings).contributions.map((c) => c.share);
    shares.forEach((s) => expect(s).toBeCloseTo(0.5, 6));
  });

  test('the order of the evidence changes nothing, to the last digit', () => {
    const evidence = [
      says('face', 'surprise'),
      says('text', 'fear', 0.6),
      says('voice', 'neutral', 0.5, 0.4),
    ];
    expect(fuse([...evidence].reverse(), settings)).toEqual(fuse(evidence, settings));
  });

  test('repeating one modality does not make it surer', () => {
    const once = fuse([says('face', 'disgust', 0.7)], settings);
    const often = fuse(
      Array.from({ length: 20 }, () => says('face', 'disgust', 0.7)),
      settings,
    );
    expect(often.confidence).toBeCloseTo(once.confidence, 10);
  });

  test('dimensions are pooled by precision, and quality widens them', () => {
    const text: Said = { ...says('text', 'happiness'), dimensions: { valence: { mean: 0.4, sd: 0.2 } } };
    const voice: Said = {
      ...says('voice', 'happiness'),
      dimensions: { valence: { mean: 0.2, sd: 0.2 }, arousal: { mean: 0.5, sd: 0.3 } },
    };
    const good = fuse([text, voice], settings).dimensions;
    expect(good.valence!.mean).toBeCloseTo(0.3, 12);
    expect(good.valence!.sd).toBeCloseTo(0.2 / Math.SQRT2, 12);
    expect(good.arousal).toEqual({ mean: 0.5, sd: 0.3 });
    const worse = fuse([{ ...text, quality: 0.25 }, voice], settings).dimensions;
    expect(worse.valence!.mean).toBeCloseTo(0.24, 12);
    expect(worse.valence!.sd).toBeGreaterThan(good.valence!.sd);
    expect(good.dominance).toBeUndefined();
  });
});

test('settings of another shape are refused with a code', () => {
  expect(() => parseFusionSettings({ ...settings, prior: [1, 0, 0, 0, 0, 0, 0] })).toThrow(AttuneError);
  expect(() => parseFusionSettings({})).toThrow(expect.objectContaining({ code: 'model-incompatible' }));
});
