/** The packages' speech models on the CPU, as plain Run functions; and small helpers of the speech tests. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { withBranchOutputs } from '#models/onnx/graph-outputs.ts';
import type { Tensor as GraphTensor, Tensors, Run } from '#models/tensor.ts';

const require = createRequire(import.meta.url);
const moonshine = join(
  import.meta.dirname,
  '../../node_modules/@moonshine-ai/moonshine-js/dist/model/tiny/quantized',
);

export const modelPaths = {
  silero: join(import.meta.dirname, '../../models/weights/voice-activity/silero.onnx'),
  /** The same weights as another package carries them: one frame a run. */
  sileroByFrames: join(
    dirname(require.resolve('@ricky0123/vad-web/package.json')),
    'dist/silero_vad_v6.onnx',
  ),
  encoder: join(moonshine, 'encoder_model.onnx'),
  decoder: join(moonshine, 'decoder_model_merged.onnx'),
};

function ortTensor(tensor: GraphTensor): Tensor {
  if (tensor instanceof Tensor) return tensor;
  return new Tensor(tensor.type as 'float32', tensor.data as Float32Array, tensor.dims);
}

/** `inner`: tensors inside the decoder's branches to give out as well. */
export async function openRun(path: string, inner: Readonly<Record<string, string>> = {}): Promise<Run> {
  const session = await InferenceSession.create(withBranchOutputs(readFileSync(path), inner), {
    intraOpNumThreads: 2,
    graphOptimizationLevel: 'all',
  });
  return async (feeds) => {
    const tensors = Object.fromEntries(
      Object.entries(feeds).map(([name, value]) => [name, ortTensor(value)]),
    );
    return (await session.run(tensors)) as unknown as Tensors;
  };
}

/** 16 kHz mono samples of any sound file, by the packaged ffmpeg. */
export function readSound(path: string, filter?: string): Float32Array {
  const ffmpeg = (require('@ffmpeg-installer/ffmpeg') as { path: string }).path;
  const args = ['-nostdin', '-v', 'error', '-i', path, ...(filter === undefined ? [] : ['-af', filter])];
  const raw = execFileSync(ffmpeg, [...args, '-ac', '1', '-ar', '16000', '-f', 'f32le', 'pipe:1'], {
    maxBuffer: 1 << 28,
  });
  return new Float32Array(
    raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength - (raw.byteLength % 4)),
  );
}

/** Word errors (substitutions, deletions, insertions) and reference length, on lower-case letters and digits. */
export function wordErrors(reference: string, heard: string): { errors: number; words: number } {
  const a = wordsOf(reference);
  const b = wordsOf(heard);
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return { errors: row[b.length]!, words: a.length };
}

function wordsOf(text: string): string[] {
  const spelt = text
    .toLowerCase()
    .replaceAll(/\bmr\b\.?/g, 'mister')
    .replaceAll(/\bmrs\b\.?/g, 'missus')
    .replaceAll('-', ' ');
  return spelt
    .replaceAll(/[^a-z0-9' ]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
}
