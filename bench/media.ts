/** The recordings that are timed: real ones from ../shared where it is present, else the sample talk. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { locateTools } from '#main/hosts/media/tools.ts';

const root = path.resolve(import.meta.dirname, '..');
const shared = path.join(root, '../shared/data');
const call = path.join(shared, 'speech/conversations/aws_pca');
const faces = path.join(shared, 'face/demo_video/pyfeat_WolfgangLanger_Pexels.mp4');

export interface BenchMedia {
  talk: string;
  talkIs: string;
  faces: string | null;
}

export function benchMedia(): BenchMedia {
  const wav = existsSync(call) ? readdirSync(call).find((f) => /\.(wav|mp3|flac|opus)$/.test(f)) : undefined;
  return {
    talk: wav ? path.join(call, wav) : path.join(root, 'assets/sample/talk.opus'),
    talkIs: wav ? 'aws_pca, a real call' : 'the synthetic sample talk (../shared is not here)',
    faces: existsSync(faces) ? faces : null,
  };
}

/** `seconds` of the talk, over and over; with the face clip looped over it when `video` is given. `options` are ffmpeg's, for the output. */
export async function looped(
  talk: string,
  video: string | null,
  seconds: number,
  to: string,
  options: readonly string[] = [],
): Promise<void> {
  const { ffmpeg } = await locateTools({});
  const sound = ['-stream_loop', '-1', '-i', talk];
  const picture = video ? ['-stream_loop', '-1', '-i', video, '-map', '1:v:0', '-c:v', 'copy'] : [];
  const codec = video ? ['-c:a', 'aac'] : ['-c:a', 'flac'];
  execFileSync(ffmpeg, [
    '-nostdin',
    '-v',
    'error',
    '-y',
    ...sound,
    ...picture,
    '-map',
    '0:a:0',
    ...codec,
    ...options,
    '-t',
    String(seconds),
    to,
  ]);
}
