import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { withBranchOutputs, withExtraOutputs } from '#models/onnx/graph-outputs.ts';
import { emptyCache, nextCache, stepFeeds } from '#models/speech/merged-decoder.ts';
import { attentionOf, CROSS_ATTENTION, MOONSHINE_TINY } from '#models/speech/moonshine-decoder.ts';
import { floats } from '#models/tensor.ts';
import { modelPaths, openRun } from './speech-sessions.ts';
import { ENCODER } from './voice-graphs.ts';
import { voice } from './voice-signals.ts';

const model = readFileSync(ENCODER);
const LAYERS = ['/layers.1/Add_1_output_0', '/layers.3/Add_1_output_0'];

describe('withExtraOutputs', () => {
  it('adds inner tensors to the outputs and leaves the old output as it was', async () => {
    const plain = await ort.InferenceSession.create(model);
    const more = await ort.InferenceSession.create(withExtraOutputs(model, LAYERS));
    expect(more.outputNames).toEqual([...plain.outputNames, ...LAYERS]);
    const samples = voice().subarray(0, 16_000);
    const feeds = { input_values: new ort.Tensor('float32', samples, [1, samples.length]) };
    const [before, after] = [await plain.run(feeds), await more.run(feeds)];
    expect(after['last_hidden_state']!.data).toEqual(before['last_hidden_state']!.data);
    expect(after[LAYERS[0]!]!.dims).toEqual(after['last_hidden_state']!.dims);
    expect(after[LAYERS[0]!]!.data).not.toEqual(after[LAYERS[1]!]!.data);
  });

  it('leaves the given bytes alone and appends only', () => {
    const copy = Uint8Array.from(model);
    const more = withExtraOutputs(model, LAYERS);
    expect(Buffer.compare(model, copy)).toBe(0);
    expect(Buffer.compare(more.subarray(0, model.length), model)).toBe(0);
    expect(more.length - model.length).toBeLessThan(100);
    expect(withExtraOutputs(model, [])).toBe(model);
  });

  it('writes lengths over 127 bytes as varints', async () => {
    const names = [0, 1, 2, 3, 4, 5].map((layer) => `/layers.${layer}/Add_1_output_0`);
    const session = await ort.InferenceSession.create(withExtraOutputs(model, names));
    expect(session.outputNames).toEqual(['last_hidden_state', ...names]);
  });

  it('is refused at load for a tensor that does not exist', async () => {
    await expect(ort.InferenceSession.create(withExtraOutputs(model, ['/no/such/tensor']))).rejects.toThrow();
  });
});

describe('withBranchOutputs', () => {
  const decoder = readFileSync(modelPaths.decoder);

  it('gives out what both branches of a merged decoder have, and changes nothing else', async () => {
    const plain = await openRun(modelPaths.decoder);
    const more = await openRun(modelPaths.decoder, CROSS_ATTENTION);
    const states = floats(
      Float32Array.from({ length: 10 * 288 }, (_, i) => Math.sin(i)),
      [1, 10, 288],
    );
    let cache = emptyCache(MOONSHINE_TINY);
    for (const first of [true, false]) {
      const feeds = stepFeeds([5], states, cache, first);
      const [before, after] = [await plain(feeds), await more(feeds)];
      expect(after['logits']!.data).toEqual(before['logits']!.data);
      expect(after['cross_attention.3']!.dims).toEqual([1, 8, 1, 10]);
      expect(attentionOf(after, 10).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
      cache = nextCache(MOONSHINE_TINY, cache, after, first);
    }
  });

  it('leaves the given bytes alone; a tensor that does not exist is refused at load', async () => {
    const copy = Uint8Array.from(decoder);
    expect(withBranchOutputs(decoder, {})).toBe(decoder);
    const wrong = withBranchOutputs(decoder, { given: '/no/such/tensor' });
    expect(Buffer.compare(decoder, copy)).toBe(0);
    await expect(ort.InferenceSession.create(wrong)).rejects.toThrow();
  });
});
