/** What recordings of many kinds give. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { MediaInput } from '#main/hosts/media/media.ts';
import { H264, MediaFolder, picture, stereo, tone } from '../fixtures/media.ts';
import { file, hear, see, tools } from './media-reading.ts';

const folder = new MediaFolder();
afterAll(() => folder.remove());

describe('sound', () => {
  test('mono, stereo and six channels', async () => {
    const mono = file(await folder.make('mono.m4a', ...tone(2)));
    expect(await hear(mono, await tools.probe(mono))).toMatchObject({ channels: 1, damaged: false });

    const two = file(await folder.make('stereo.wav', ...stereo(2)));
    const info = await tools.probe(two);
    expect(info).toMatchObject({
      durationMs: 2000,
      playable: true,
      audio: { channels: 2, sampleRateHz: 48_000 },
    });
    const heard = await hear(two, info);
    expect(heard.seconds).toBe(2);
    expect(heard.levels[0]).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect(heard.levels[1]).toBeCloseTo(0.25 / Math.SQRT2, 2);

    const six = file(
      await folder.make('six.wav', ...tone(2), '-af', 'pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0'),
    );
    const surround = await tools.probe(six);
    expect(surround.audio?.channels).toBe(6);
    const mixed = await hear(six, surround);
    expect(mixed).toMatchObject({ channels: 1, seconds: 2, damaged: false });
    expect(mixed.levels[0]).toBeGreaterThan(0.05);
  });

  test('8 kHz mu-law, 96 kHz float beyond full scale, and silence', async () => {
    const law = file(
      await folder.make('law.wav', ...tone(2), '-ar', '8000', '-ac', '1', '-c:a', 'pcm_mulaw'),
    );
    const lawInfo = await tools.probe(law);
    expect(lawInfo).toMatchObject({ playable: true, audio: { codec: 'pcm_mulaw', sampleRateHz: 8000 } });
    expect((await hear(law, lawInfo)).seconds).toBeCloseTo(2, 2);

    const fine = file(
      await folder.make('fine.wav', ...tone(2), '-af', 'volume=30dB', '-ar', '96000', '-c:a', 'pcm_f32le'),
    );
    const fineInfo = await tools.probe(fine);
    expect(fineInfo.audio?.sampleRateHz).toBe(96_000);
    expect(await hear(fine, fineInfo)).toMatchObject({ seconds: 2, damaged: false });

    const silence = file(
      await folder.make('silence.flac', '-f', 'lavfi', '-i', 'anullsrc=r=44100:cl=mono', '-t', '2'),
    );
    const heard = await hear(silence, await tools.probe(silence));
    expect(heard).toMatchObject({ seconds: 2, levels: [0], damaged: false });
  });

  test('sound that begins late keeps its place in time', async () => {
    const late = file(
      await folder.make('late.mp4', ...picture(3), '-itsoffset', '1', ...tone(2), ...H264, '-c:a', 'aac'),
    );
    const info = await tools.probe(late);
    const chunks: Float32Array[] = [];
    for await (const chunk of tools.audio(late, info)) chunks.push(chunk.channels[0]!);
    const first = chunks.flatMap((chunk) => Array.from(chunk)).findIndex((value) => Math.abs(value) > 0.05);
    expect(first / 16_000).toBeGreaterThan(0.93);
    expect(first / 16_000).toBeLessThan(1.07);
  });

  test.each([
    ['amr', ['-ar', '8000', '-ac', '1', '-c:a', 'libopencore_amrnb'], false],
    ['mp3', ['-write_xing', '0'], true],
    ['aac', ['-c:a', 'aac'], true],
    ['ogg', ['-c:a', 'libopus'], true],
    ['wma', [], false],
    ['aiff', [], false],
  ])('%s: length, and whether Chromium plays it', async (extension, args, playable) => {
    const input = file(await folder.make(`sound.${extension}`, ...tone(4), ...args));
    const info = await tools.probe(input);
    expect(info.playable).toBe(playable);
    expect(Math.abs(info.durationMs - 4000)).toBeLessThan(120);
    const heard = await hear(input, info);
    expect(Math.abs(heard.seconds - 4)).toBeLessThan(0.12);
    expect(heard.damaged).toBe(false);
  });
});

describe('pictures', () => {
  test('frames at a steady rate, fitted, without a trace of damage', async () => {
    const input = file(await folder.make('plain.mp4', ...picture(2, '640x360'), ...tone(2), ...H264));
    const info = await tools.probe(input);
    expect(info).toMatchObject({
      playable: true,
      video: { width: 640, height: 360, still: false, framesPerSecond: 25 },
    });
    const seen = await see(input, info);
    expect(seen.times.slice(0, 10)).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800]);
    expect(seen).toMatchObject({ size: '160x90', damaged: false });
  });

  test('a phone video on its side is seen upright', async () => {
    await folder.make('lying.mp4', ...picture(1, '320x240'), ...H264);
    const input = file(
      await folder.make(
        'upright.mp4',
        '-i',
        folder.at('lying.mp4'),
        '-c',
        'copy',
        '-metadata:s:v',
        'rotate=90',
      ),
    );
    const info = await tools.probe(input);
    expect(info.video).toMatchObject({ width: 240, height: 320 });
    expect([90, 270]).toContain(info.video?.rotationDegrees);
    expect((await see(input, info)).size).toBe('120x160');
  });

  test('pixels that are not square', async () => {
    const input = file(
      await folder.make('wide.mp4', ...picture(1, '360x288'), '-vf', 'setsar=64/45', ...H264),
    );
    const info = await tools.probe(input);
    expect(info.video).toMatchObject({ width: 512, height: 288 });
    expect((await see(input, info, 256)).size).toBe('256x144');
  });

  test('a variable frame rate still gives frames at a steady one', async () => {
    const uneven = ['-vf', 'select=not(mod(n\\,7))+lt(n\\,10)', '-vsync', 'vfr'];
    const input = file(await folder.make('vfr.mkv', ...picture(4), ...uneven, ...H264));
    const seen = await see(input, await tools.probe(input));
    expect(seen.times.length).toBeGreaterThanOrEqual(19);
    expect(seen.times.every((time, i) => time === i * 200)).toBe(true);
  });

  test('HEVC is read, and said not to play', async () => {
    const input = file(
      await folder.make(
        'hevc.mp4',
        ...picture(1),
        ...tone(1),
        '-c:v',
        'libx265',
        '-x265-params',
        'log-level=error',
      ),
    );
    const info = await tools.probe(input);
    expect(info).toMatchObject({ playable: false, video: { codec: 'hevc' } });
    expect((await see(input, info)).times.length).toBeGreaterThanOrEqual(5);
    expect((await hear(input, info)).seconds).toBeCloseTo(1, 1);
  });

  test('a recorder’s webm without a length is measured', async () => {
    await folder.make(
      'whole.webm',
      ...picture(3, '160x120'),
      ...tone(3),
      '-c:v',
      'libvpx',
      '-deadline',
      'realtime',
    );
    // As MediaRecorder writes it: to a pipe, so neither length nor index can be filled in.
    await folder.make('live.webm', '-i', folder.at('whole.webm'), '-c', 'copy', '-live', '1', '-f', 'webm');
    const info = await tools.probe(file(folder.at('live.webm')));
    expect(info).toMatchObject({ durationMeasured: true, playable: false });
    expect(Math.abs(info.durationMs - 3000)).toBeLessThan(100);
  });

  test('cover art and a picture file are stills: one frame', async () => {
    await folder.make('cover.jpg', ...picture(1), '-frames:v', '1');
    const args = [
      '-i',
      folder.at('cover.jpg'),
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'copy',
      '-id3v2_version',
      '3',
    ];
    const song = file(await folder.make('song.mp3', ...tone(3), ...args, '-disposition:v', 'attached_pic'));
    const info = await tools.probe(song);
    expect(info).toMatchObject({ playable: true, video: { still: true }, audio: { codec: 'mp3' } });
    expect((await see(song, info)).times).toEqual([0]);

    const alone = file(folder.at('cover.jpg'));
    const pictureInfo = await tools.probe(alone);
    expect(pictureInfo).toMatchObject({
      audio: null,
      durationMs: 40,
      playable: false,
      video: { still: true },
    });
    expect((await see(alone, pictureInfo)).times).toEqual([0]);
    expect((await hear(alone, pictureInfo)).seconds).toBe(0);
  });
});

describe('a playable copy', () => {
  test.each(['hevc.mp4', 'live.webm', 'sound.amr'])('of %s', async (name) => {
    const input = file(folder.at(name));
    const info = await tools.probe(input);
    const parts: Uint8Array[] = [];
    for await (const part of tools.proxy(input, info)) parts.push(part);
    const path = folder.at(`proxy-of-${name}.mp4`);
    await writeFile(path, Buffer.concat(parts));
    const proxy = await tools.probe(file(path));
    expect(proxy.playable).toBe(true);
    expect(Math.abs(proxy.durationMs - info.durationMs)).toBeLessThan(200);
    // The index comes first, so that playing can begin at once.
    const bytes = (await readFile(path)).toString('latin1');
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });
});

describe('names', () => {
  test.each([
    'with spaces and \'quotes\' "both".wav',
    '-rf.wav',
    'concat:a|b.wav',
    'http:evil.wav',
    '100%d%s.wav',
    '情绪 😀.wav',
    '[x];(y)&$HOME`z`.wav',
    'new\nline.wav',
    `${'ä'.repeat(125)}x.wav`,
  ])('%j', async (name) => {
    const made = await folder.make('named.wav', ...tone(1));
    await rename(made, folder.at(name));
    const input = file(folder.at(name));
    const info = await tools.probe(input);
    expect(info.durationMs).toBe(1000);
    expect((await hear(input, info)).seconds).toBe(1);
  });
});

describe('reading from a later moment on', () => {
  const from = async (
    input: MediaInput,
    fromMs: number,
  ): Promise<{ startSample: number; samples: Float32Array }> => {
    const info = await tools.probe(input);
    const chunks = [];
    for await (const chunk of tools.audio(input, info, { fromMs })) chunks.push(chunk);
    return {
      startSample: chunks[0]!.startSample,
      samples: Float32Array.from(chunks.flatMap(({ channels }) => [...channels[0]!])),
    };
  };

  test('gives the samples and frames that lie there', async () => {
    const sweep = 'aevalsrc=0.5*sin(2*PI*(200+300*t)*t):d=4:s=16000';
    for (const name of ['sweep.wav', 'sweep.ogg']) {
      const input = file(await folder.make(name, '-f', 'lavfi', '-i', sweep));
      const whole = await from(input, 0);
      const later = await from(input, 1500);
      expect(later.startSample).toBe(24_000);
      const there = whole.samples.subarray(24_000, 40_000);
      const error = later.samples.subarray(0, 16_000).map((value, i) => value - there[i]!);
      const rms = (x: Float32Array): number =>
        Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length);
      expect(rms(error) / rms(there)).toBeLessThan(0.05);
    }

    const film = file(await folder.make('later.mp4', ...picture(4), ...H264));
    const info = await tools.probe(film);
    const options = { framesPerSecond: 5, maxWidth: 160, maxHeight: 160 };
    const all = [];
    for await (const frame of tools.frames(film, info, options)) all.push(frame);
    for await (const frame of tools.frames(film, info, { ...options, fromMs: 2400 })) {
      expect(frame).toEqual(all.find(({ timeMs }) => timeMs === 2400));
      break;
    }
  });
});
