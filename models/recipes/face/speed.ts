/** Milliseconds of each step on one thread: `node models/recipes/face/speed.ts`. The median of 60 runs. */
import { availableParallelism, loadavg } from 'node:os';
import { cropFace, type FaceCrop, prepareEmotion } from '#models/face/crop.ts';
import { prepareDetection } from '#models/face/detect-prepare.ts';
import { readDetections } from '#models/face/detect-read.ts';
import { readEmotion } from '#models/face/emotion-read.ts';
import type { Frame } from '#models/face/frame.ts';
import { openFaceModels } from './open.ts';

const RUNS = 60;

async function median(step: () => unknown): Promise<string> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    await step();
    times.push(performance.now() - start);
  }
  return `${times.sort((a, b) => a - b)[RUNS / 2]!.toFixed(2)} ms`;
}

console.log(`load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores`);
for (const threads of [1, 2]) {
  const { detect, logits, detectorSettings, emotionSettings } = await openFaceModels(threads);
  for (const [width, height] of [
    [640, 360],
    [1920, 1080],
  ] as const) {
    const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251);
    const frame: Frame = { width, height, rgb };
    const input = prepareDetection(frame, detectorSettings);
    const outputs = await detect(input);
    console.log(`${threads} thread(s), ${width} x ${height}:`);
    console.log('  prepare', await median(() => prepareDetection(frame, detectorSettings)));
    console.log('  detect', await median(() => detect(input)));
    console.log('  decode', await median(() => readDetections(outputs, input, detectorSettings)));
    const points = emotionSettings.template.map(([x, y]) => ({ x: 100 + 4 * x, y: 40 + 4 * y }));
    const face = { x: 100, y: 40, width: 190, height: 200, score: 0.9, points };
    console.log(
      '  crop and quality of a face of 190 px',
      await median(() => cropFace(frame, face, emotionSettings)),
    );
    const crops: FaceCrop[] = [cropFace(frame, face, emotionSettings)];
    const { data, dims } = prepareEmotion(crops, emotionSettings);
    console.log('  emotion, one face', await median(() => logits(data, dims)));
    const values = await logits(data, dims);
    console.log('  read', await median(() => readEmotion(values, crops, emotionSettings)));
  }
}
