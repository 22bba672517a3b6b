import { spawn } from 'node:child_process';
import ffmpeg from '@ffmpeg-installer/ffmpeg';

/** Decodes a file to 16 kHz mono float samples with the same command as the app. */
export async function decode(path: string): Promise<Float32Array> {
  const child = spawn(
    ffmpeg.path,
    [
      '-nostdin',
      '-v',
      'error',
      '-protocol_whitelist',
      'file,pipe',
      '-i',
      path,
      '-map',
      '0:a:0',
      '-vn',
    ].concat(['-ac', '1', '-ar', '16000', '-f', 'f32le', 'pipe:1']),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
}
