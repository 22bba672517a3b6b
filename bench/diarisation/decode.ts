/** A sound file as 16 kHz mono samples, whole. */
import { execFileSync } from 'node:child_process';
import { locateTools } from '#main/hosts/media/tools.ts';

export async function decode(file: string): Promise<Float32Array> {
  const { ffmpeg } = await locateTools({});
  const args = ['-nostdin', '-v', 'error', '-i', file, '-ac', '1', '-ar', '16000', '-f', 'f32le', 'pipe:1'];
  const bytes = execFileSync(ffmpeg, args, { maxBuffer: 1 << 28 });
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
}
