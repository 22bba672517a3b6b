import { readFile } from 'node:fs/promises';
import * as onnx from 'onnxruntime-node';
import { modelManifest } from '#contract/models/manifest.ts';
import { type DetectorInput, prepareDetection } from '#models/face/detect-prepare.ts';
import { type FaceDetection, readDetections } from '#models/face/detect-read.ts';
import type { Frame } from '#models/face/frame.ts';
import { parseDetectorSettings, parseEmotionSettings } from '#models/face/settings.ts';

export const WEIGHTS = new URL('../../weights/', import.meta.url);
export const WORK = new URL('../.work/', import.meta.url);

async function open(name: string, threads: number) {
  const folder = new URL(`${name}/`, WEIGHTS);
  const manifest = modelManifest.parse(JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8')));
  const bytes = await readFile(new URL(manifest.files[0]!.path, folder));
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1 };
  return { manifest, session: await onnx.InferenceSession.create(bytes, options) };
}

/** The shipped face models on the CPU, as plain functions. */
export async function openFaceModels(threads: number) {
  const detector = await open('face-detector', threads);
  const emotion = await open('face-emotion', threads);
  const detectorSettings = parseDetectorSettings(detector.manifest.settings);
  const emotionSettings = parseEmotionSettings(emotion.manifest.settings);

  async function detect(input: DetectorInput): Promise<Record<string, Float32Array>> {
    const tensor = new onnx.Tensor('float32', input.data, input.dims);
    const results = await detector.session.run({ [detectorSettings.inputName]: tensor });
    return Object.fromEntries(Object.entries(results).map(([name, t]) => [name, t.data as Float32Array]));
  }

  async function find(frame: Frame): Promise<FaceDetection[]> {
    const input = prepareDetection(frame, detectorSettings);
    return readDetections(await detect(input), input, detectorSettings);
  }

  async function logits(data: Float32Array, dims: readonly number[]): Promise<Float32Array> {
    const tensor = new onnx.Tensor('float32', data, dims);
    const results = await emotion.session.run({ [emotionSettings.inputName]: tensor });
    return results[emotionSettings.outputName]!.data as Float32Array;
  }

  return { detect, find, logits, detectorSettings, emotionSettings };
}
