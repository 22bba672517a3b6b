/** How long one item takes in the inference host, the way to it included: the median of many. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { z } from 'zod';
import type { Span } from '#contract/units.ts';
import type { Engine } from '#main/engine.ts';
import type { RgbFrame, VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import { installedModels, weightFilePath } from '#main/platform/weights.ts';
import { quantile } from '#models/metrics/bootstrap.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { windowsOver } from '#models/speakers/windows.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';
import { prepareClip } from '#models/voice/clip.ts';
import { samplesOf } from '../samples-of.ts';

export interface Speed {
  readonly threads: number;
  readonly textMs: number;
  /** A text with the six utterances before it. */
  readonly talkMs: number;
  /** One crop, without detection. */
  readonly faceMs: number;
  /** A frame of 640 x 360 with one face, the reading included. */
  readonly frameMs: number;
  /** Of real time, the recogniser's encoder included and without it. */
  readonly voiceOfRealTime: number;
  readonly encoderOfRealTime: number;
  /** Reading one utterance against fifteen others. */
  readonly baselineMs: number;
  /** Of real time: who speaks, and where several do. */
  readonly speakersOfRealTime: number;
  readonly overlapsOfRealTime: number;
}

const RUNS = 60;
const WARM_UP = 5;
const sample = path.resolve(import.meta.dirname, '../../assets/sample');
const talk = z.object({
  utterances: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })),
});

async function medianMs(of: (k: number) => Promise<unknown>, runs = RUNS): Promise<number> {
  const times: number[] = [];
  for (let k = 0; k < runs + WARM_UP; k++) {
    const from = performance.now();
    await of(k);
    if (k >= WARM_UP) times.push(performance.now() - from);
  }
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
}

export async function measureSpeed(engine: Engine, threads: number): Promise<Speed> {
  const { inference, media } = engine;
  const { utterances } = talk.parse(JSON.parse(readFileSync(path.join(sample, 'talk.json'), 'utf8')));
  const text = (k: number): string => utterances[k % utterances.length]!.text;
  const readText = (k: number, context: string[]) =>
    inference.call('text.read', { items: [{ text: text(k), context }] });
  const by = { media, signal: new AbortController().signal };
  const whole = await samplesOf(path.join(sample, 'talk.opus'), by);
  const clips = utterances.map(({ start, end }) => whole.slice(start * 16, end * 16));
  const seconds = clips.reduce((sum, clip) => sum + clip.length, 0) / SAMPLE_RATE_HZ;
  const speakers = parseSpeakerSettings(engine.models.of('speaker-embedding').settings);
  const windowsOf = (samples: Float32Array): Span[] =>
    windowsOver({ startMs: 0, endMs: (1000 * samples.length) / SAMPLE_RATE_HZ }, speakers);
  const crop = frame(48, 48);
  const picture = await portrait(engine);
  const windows: VoiceEmbedding[] = [];
  for (const samples of clips) windows.push(await inference.call('voice.embed', { samples }));
  const many = Array.from({ length: 16 }, (_, i) => windows[i % windows.length]!);
  return {
    threads,
    textMs: await medianMs((k) => readText(k, [])),
    talkMs: await medianMs((k) =>
      readText(
        k + 6,
        [0, 1, 2, 3, 4, 5].map((i) => text(k + i)),
      ),
    ),
    faceMs: await medianMs(() => inference.call('face.readCropped', { frames: [crop] })),
    frameMs: await medianMs(() => inference.call('face.find', { frames: [picture] })),
    voiceOfRealTime:
      (await wholeTalk(clips, (samples) => inference.call('voice.embed', { samples }))) / seconds,
    encoderOfRealTime: (await wholeTalk(clips, await encoder(threads))) / seconds,
    baselineMs:
      (await medianMs(() => inference.call('voice.read', { utterances: many, baseline: true }), 10)) /
      many.length,
    speakersOfRealTime:
      (await wholeTalk(clips, (samples) =>
        inference.call('speakers.embed', { samples, spans: windowsOf(samples) }),
      )) / seconds,
    overlapsOfRealTime:
      (await wholeTalk(clips, (samples) => inference.call('speakers.overlaps', { samples }))) / seconds,
  };
}

/** Seconds for all clips, the fastest of three rounds. */
async function wholeTalk(
  clips: readonly Float32Array[],
  of: (clip: Float32Array) => Promise<unknown>,
): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 3; round++) {
    const from = performance.now();
    for (const clip of clips) await of(clip);
    rounds.push((performance.now() - from) / 1000);
  }
  return Math.min(...rounds);
}

/** The recogniser's encoder by itself, on what the voice model gives it. */
async function encoder(threads: number): Promise<(clip: Float32Array) => Promise<unknown>> {
  const model = (await installedModels()).find(({ manifest }) => manifest.task === 'speech-recognition')!;
  const own = model.manifest.files.find(({ role }) => role === 'encoder')!;
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1 };
  const session = await ort.InferenceSession.create(weightFilePath(model, own), options);
  const [input] = session.inputNames;
  return async (clip) => {
    for (const samples of prepareClip(clip).encoderInputs)
      await session.run({ [input!]: new ort.Tensor('float32', samples, [1, samples.length]) });
  };
}

function frame(width: number, height: number): RgbFrame {
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) % 251);
  return { timeMs: 0, width, height, rgb };
}

/** A frame of the sample talk, which shows a drawn face. */
async function portrait({ media }: Engine): Promise<RgbFrame> {
  const input = { kind: 'file', path: path.join(sample, 'talk.webm') } as const;
  const info = await media.probe(input);
  const frames = media.frames(input, info, { framesPerSecond: 1, maxWidth: 640, maxHeight: 360 });
  for await (const shown of frames) return shown;
  return frame(640, 360);
}
