/**
 * Step 1 of the voice recipe: what the app computes from every clip of the corpora, and from augmented copies.
 *
 * node models/recipes/voice/extract.ts <plain|augmented1|augmented2|…> <corpus> [from] [step] [suffix]
 * writes models/recipes/.work/voice/<variant>-<corpus>.f32 (rows of float32), .course.f32 (one layer over time, 288 numbers a
 * frame), .jsonl (each row's id, speaker, label, frames) and names.json (the columns).
 */
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-node';
import { prepareClip } from '../../voice/clip.ts';
import { withExtraOutputs } from '../../onnx/graph-outputs.ts';
import { pool } from '../../voice/pooling.ts';
import { seededRandom } from '../../metrics/random.ts';
import { SAMPLE_RATE_HZ } from '../../sound-rate.ts';
import { PROSODY_NAMES } from '../../voice/prosody.ts';
import { augmented } from './augment.ts';
import { readClips } from './clips.ts';
import { decode } from './decode.ts';
import { ALL_LAYERS, SEQUENCE_LAYER } from './layers.ts';

const WORK = fileURLToPath(new URL('../.work/voice/', import.meta.url));
const ENCODER = new URL(
  '../../../node_modules/@moonshine-ai/moonshine-js/dist/model/tiny/quantized/encoder_model.onnx',
  import.meta.url,
);
const [variant = 'plain', corpus = 'ravdess', from = '0', step = '1', suffix = ''] = process.argv.slice(2);
const copy = Number(variant.replace(/\D/g, ''));

const session = await ort.InferenceSession.create(withExtraOutputs(readFileSync(ENCODER), ALL_LAYERS), {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
});

async function heard(samples: Float32Array): Promise<{ features: Float32Array; course: ort.Tensor[] }> {
  const clip = prepareClip(samples);
  const runs: ort.InferenceSession.OnnxValueMapType[] = [];
  for (const input of clip.encoderInputs) {
    const feeds = { input_values: new ort.Tensor('float32', input, [1, input.length]) };
    runs.push(await session.run(feeds, ALL_LAYERS));
  }
  const parts = ALL_LAYERS.flatMap((name) => {
    const pooled = pool(
      runs.map((run) => ({ data: run[name]!.data as Float32Array, width: run[name]!.dims[2]! })),
    );
    return [pooled.mean, pooled.deviation, pooled.step];
  });
  return {
    features: Float32Array.from([...parts, clip.prosody].flatMap((part) => [...part])),
    course: runs.map((run) => run[SEQUENCE_LAYER]!),
  };
}

mkdirSync(WORK, { recursive: true });
// Every `step`th clip: nEMO alone is two thirds of all, so a third of it is enough in an augmented copy (step 3).
const clips = readClips([corpus]).filter((_, i) => i >= +from && (i - +from) % +step === 0);
const random = seededRandom(copy * 1000 + corpus.length);
const rows = createWriteStream(`${WORK}${variant}-${corpus}${suffix}.f32`);
const courses = createWriteStream(`${WORK}${variant}-${corpus}${suffix}.course.f32`);
const notes = createWriteStream(`${WORK}${variant}-${corpus}${suffix}.jsonl`);
const started = Date.now();
for (const [index, { path, ...note }] of clips.entries()) {
  const samples = await decode(path);
  const { features, course } = await heard(copy > 0 ? augmented(samples, random) : samples);
  rows.write(Buffer.from(features.buffer));
  for (const { data } of course as ort.TypedTensor<'float32'>[])
    courses.write(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  const frames = course.reduce((sum, { dims }) => sum + dims[1]!, 0);
  notes.write(JSON.stringify({ ...note, seconds: samples.length / SAMPLE_RATE_HZ, frames }) + '\n');
  if (index % 250 === 0)
    console.log(variant, corpus, index, clips.length, `${Math.round((Date.now() - started) / 1000)} s`);
}
writeFileSync(`${WORK}names.json`, JSON.stringify({ layers: ALL_LAYERS, prosody: PROSODY_NAMES }));
await Promise.all([rows, courses, notes].map((stream) => new Promise<void>((done) => stream.end(done))));
