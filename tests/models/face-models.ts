/** The shipped face models in plain onnxruntime sessions, as the inference host runs them. */
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { modelManifest } from '#contract/models/manifest.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { cropFace, cropWhole, type FaceCrop, prepareEmotion } from '#models/face/crop.ts';
import { prepareDetection } from '#models/face/detect-prepare.ts';
import { type FaceDetection, readDetections } from '#models/face/detect-read.ts';
import { readEmotion } from '#models/face/emotion-read.ts';
import type { Frame } from '#models/face/frame.ts';
import { parseDetectorSettings, parseEmotionSettings } from '#models/face/settings.ts';

const WEIGHTS = new URL('../../models/weights/', import.meta.url);

function manifestOf(name: string) {
  return modelManifest.parse(JSON.parse(readFileSync(new URL(`${name}/manifest.json`, WEIGHTS), 'utf8')));
}

function openSession(name: string): Promise<InferenceSession> {
  const file = manifestOf(name).files[0]!;
  const bytes = readFileSync(new URL(`${name}/${file.path}`, WEIGHTS));
  return InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
}

export const detectorSettings = parseDetectorSettings(manifestOf('face-detector').settings);
export const emotionSettings = parseEmotionSettings(manifestOf('face-emotion').settings);

const detector = await openSession('face-detector');
const emotion = await openSession('face-emotion');

export async function findFaces(frame: Frame): Promise<FaceDetection[]> {
  const input = prepareDetection(frame, detectorSettings);
  const results = await detector.run({
    [detectorSettings.inputName]: new Tensor('float32', input.data, input.dims),
  });
  const outputs = Object.fromEntries(Object.entries(results).map(([k, t]) => [k, t.data as Float32Array]));
  return readDetections(outputs, input, detectorSettings);
}

export async function emotionLogits(crops: FaceCrop[]): Promise<Float32Array> {
  const { data, dims } = prepareEmotion(crops, emotionSettings);
  const results = await emotion.run({ [emotionSettings.inputName]: new Tensor('float32', data, dims) });
  return results[emotionSettings.outputName]!.data as Float32Array;
}

export async function readCrops(crops: FaceCrop[]): Promise<Reading[]> {
  return readEmotion(await emotionLogits(crops), crops, emotionSettings);
}

export const readFace = async (frame: Frame, face: FaceDetection): Promise<Reading> =>
  (await readCrops([cropFace(frame, face, emotionSettings)]))[0]!;

export const readWhole = async (frame: Frame): Promise<Reading> =>
  (await readCrops([cropWhole(frame, emotionSettings)]))[0]!;
