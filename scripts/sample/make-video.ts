/**
 * Draws the client of the sample talk while he talks and listens, and puts the picture over the sound: assets/sample/talk.webm.
 * Run by hand when the talk or the drawing changes: node scripts/sample/make-video.ts
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { packaged } from '#main/hosts/media/tools.ts';
import { blend, drawFace, type Expression } from './drawn-face.ts';
import { EXPRESSIONS, PEOPLE } from './people.ts';

const FRAMES_PER_SECOND = 12;
const SIZE = { width: 640, height: 360 };
const RATE_HZ = 8000;
const assets = path.resolve(import.meta.dirname, '../../assets/sample');
const sound = path.join(assets, 'talk.opus');
const ffmpeg = packaged('@ffmpeg-installer', 'ffmpeg');

/** What his face does from the start of the line with this number on, counted over both speakers. */
const MOODS: Record<number, [keyof typeof EXPRESSIONS, number]> = {
  0: ['neutral', 1],
  1: ['sadness', 0.7],
  3: ['sadness', 1],
  5: ['anger', 1],
  6: ['anger', 0.6],
  7: ['surprise', 0.7],
  8: ['neutral', 1],
  9: ['fear', 0.9],
  10: ['neutral', 1],
  11: ['happiness', 0.9],
  12: ['happiness', 1],
  13: ['happiness', 0.9],
  14: ['neutral', 1],
  15: ['happiness', 0.35],
};
/** How long one expression takes to become the next. */
const CHANGE_S = 0.7;
const BLINK_EVERY_S = 3.7;

const { utterances } = JSON.parse(readFileSync(path.join(assets, 'talk.json'), 'utf8')) as {
  utterances: { start: number; end: number }[];
};
const changes = Object.entries(MOODS).map(([line, [name, share]]) => ({
  atS: utterances[Number(line)]!.start / 1000,
  face: blend(EXPRESSIONS.neutral, EXPRESSIONS[name], share),
}));

/** Loudness of his channel, 0 to 1, one value a frame. */
function loudness(): number[] {
  const decode = [
    '-v',
    'error',
    '-i',
    sound,
    '-af',
    'pan=mono|c0=c1',
    '-ar',
    String(RATE_HZ),
    '-f',
    'f32le',
    'pipe:1',
  ];
  const { stdout } = spawnSync(ffmpeg, decode, { maxBuffer: 1 << 28 });
  const samples = new Float32Array(stdout.buffer, stdout.byteOffset, stdout.length >> 2);
  const perFrame = RATE_HZ / FRAMES_PER_SECOND;
  return Array.from({ length: Math.floor(samples.length / perFrame) }, (_, frame) => {
    const part = samples.subarray(Math.round(frame * perFrame), Math.round((frame + 1) * perFrame));
    return Math.min(1, 6 * Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / part.length));
  });
}

function faceAt(timeS: number, loud: number): Expression {
  const now = changes.findLastIndex((c) => c.atS <= timeS);
  const from = changes[Math.max(0, now - 1)]!.face;
  const { face, atS } = changes[Math.max(0, now)]!;
  const mood = blend(from, face, Math.min(1, Math.max(0, (timeS - atS) / CHANGE_S)));
  const blinking = timeS % BLINK_EVERY_S < 1.5 / FRAMES_PER_SECOND;
  return {
    ...mood,
    open: Math.max(mood.open, 0.45 * loud),
    eyes: blinking ? 0.05 : mood.eyes,
    turn: 0.18 * Math.sin(timeS / 2.3),
  };
}

const encode = [
  ...['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${SIZE.width}x${SIZE.height}`],
  ...['-r', String(FRAMES_PER_SECOND), '-i', 'pipe:0', '-i', sound, '-map', '0:v', '-map', '1:a'],
  ...[
    '-c:v',
    'libvpx-vp9',
    '-b:v',
    '0',
    '-crf',
    '36',
    '-g',
    '60',
    '-row-mt',
    '1',
    '-cpu-used',
    '2',
    '-pix_fmt',
    'yuv420p',
  ],
  ...[
    '-c:a',
    'libopus',
    '-b:a',
    '48k',
    '-map_metadata',
    '-1',
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
    '-shortest',
  ],
];
const encoder = spawn(ffmpeg, [...encode, path.join(assets, 'talk.webm')], {
  stdio: ['pipe', 'inherit', 'inherit'],
});
for (const [frame, loud] of loudness().entries()) {
  const timeS = frame / FRAMES_PER_SECOND;
  const nod = 4 * Math.sin(timeS / 1.7);
  const svg = drawFace(PEOPLE.jonas, faceAt(timeS, loud), { ...SIZE, centreY: SIZE.height / 2 + nod });
  const pixels = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  if (!encoder.stdin.write(pixels)) await once(encoder.stdin, 'drain');
}
encoder.stdin.end();
const [code] = (await once(encoder, 'close')) as [number];
process.exitCode = code;
