/** models/voice against the Python reference (models/recipes/voice/reference.py) on signals that both make. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepareClip } from '#models/voice/clip.ts';
import { PROSODY_NAMES } from '#models/voice/prosody.ts';
import { mean } from '#models/voice/statistics.ts';
import { openVoice } from './voice-graphs.ts';
import * as signals from './voice-signals.ts';

interface Golden {
  prosody: Record<string, number>;
  layerMean: number[];
  latent: number[];
  fine: number[];
  affect: number[];
}

const golden = JSON.parse(readFileSync(new URL('./voice-golden.json', import.meta.url), 'utf8')) as Record<
  keyof typeof made,
  Golden
>;
const made = { tone: signals.tone, chirp: signals.chirp, noise: signals.noise, voice: signals.voice };
const graphs = await openVoice();

describe.each(Object.entries(made))('%s', (name, signal) => {
  const expected = golden[name as keyof typeof made];

  it('has the reference prosody', () => {
    expect(Object.keys(expected.prosody)).toEqual([...PROSODY_NAMES]);
    const { prosody } = prepareClip(signal());
    PROSODY_NAMES.forEach((feature, i) => {
      const value = expected.prosody[feature]!;
      expect(Math.abs(prosody[i]! - value), `${feature} ${prosody[i]!} ${value}`).toBeLessThan(
        0.01 + 0.01 * Math.abs(value),
      );
    });
  });

  it('has the reference encoder layers, latent vector and probabilities', async () => {
    const { runs } = await graphs.encode(signal());
    graphs.model.encoderLayers.forEach((layer, i) => {
      // The encoder is quantised: two builds of its runtime round differently, more so in the deeper layers.
      const value = expected.layerMean[i]!;
      const difference = mean(runs[0]![layer]!.data as Float32Array) - value;
      expect(Math.abs(difference), layer).toBeLessThan(0.005 + 0.03 * Math.abs(value));
    });
    const utterance = await graphs.utterance(signal());
    // Its end: a dozen directions and the logits of the course.
    expected.latent.forEach((value, i) => {
      expect(Math.abs(utterance.embedding.at(i - expected.latent.length)! - value)).toBeLessThan(0.3);
    });
    const [reading] = await graphs.read([{ ...utterance, quality: 1 }]);
    graphs.manifest.labels!.forEach((label, i) => {
      expect(Math.abs(reading!.fine[label]! - expected.fine[i]!), label).toBeLessThan(0.03);
    });
    expect(reading!.dimensions.valence!.mean).toBeCloseTo(expected.affect[0]!, 1);
    expect(reading!.dimensions.arousal!.mean).toBeCloseTo(expected.affect[1]!, 1);
  });
});
