/** The shipped voice model on onnxruntime, as the inference host runs it, for the tests of models/voice. */
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { fileOf, parseManifest } from '#models/catalogue/catalogue.ts';
import { withExtraOutputs } from '#models/onnx/graph-outputs.ts';
import { createVoiceModel } from '#models/voice/model.ts';
import type { VoiceUtterance } from '#models/voice/model.ts';
import type { Tensors } from '#models/tensor.ts';

const WEIGHTS = new URL('../../models/weights/voice-emotion/', import.meta.url);
export const ENCODER = new URL(
  '../../node_modules/@moonshine-ai/moonshine-js/dist/model/tiny/quantized/encoder_model.onnx',
  import.meta.url,
);

const weights = (name: string): Buffer => readFileSync(new URL(name, WEIGHTS));
const SETTINGS = { intraOpNumThreads: 1, interOpNumThreads: 1 };

export async function openVoice() {
  const manifest = parseManifest(weights('manifest.json').toString());
  const file = (role: string) => weights(fileOf(manifest, role).path);
  const model = createVoiceModel(manifest, JSON.parse(file('baseline').toString()));
  const encoder = withExtraOutputs(readFileSync(ENCODER), model.encoderLayers);
  const sessions = {
    encoder: await ort.InferenceSession.create(encoder, SETTINGS),
    projector: await ort.InferenceSession.create(file('projector'), SETTINGS),
    sequence: await ort.InferenceSession.create(file('sequence'), SETTINGS),
    head: await ort.InferenceSession.create(file('head'), SETTINGS),
  };
  const run = async (name: keyof typeof sessions, inputs: Tensors): Promise<Tensors> => {
    const feeds = Object.entries(inputs).map(([key, { data, dims }]) => [
      key,
      new ort.Tensor('float32', data as Float32Array, [...dims]),
    ]);
    return (await sessions[name].run(
      Object.fromEntries(feeds) as ort.InferenceSession.FeedsType,
    )) as unknown as Tensors;
  };

  async function encode(samples: Float32Array) {
    const clip = model.prepare(samples);
    const runs: Tensors[] = [];
    for (const data of clip.encoderInputs)
      runs.push(await run('encoder', { input_values: { type: 'float32', data, dims: [1, data.length] } }));
    return { clip, runs };
  }

  async function utterance(samples: Float32Array): Promise<VoiceUtterance> {
    const { clip, runs } = await encode(samples);
    const courses: Tensors[] = [];
    for (const each of runs) courses.push(await run('sequence', model.sequenceInputs(each)));
    return model.utterance(clip, await run('projector', model.projectorInputs(clip, runs)), courses);
  }

  const read = (utterances: VoiceUtterance[], baseline = false) =>
    model.read(utterances, baseline, (inputs) => run('head', inputs));

  return { manifest, model, encode, utterance, read, runHead: (inputs: Tensors) => run('head', inputs) };
}
