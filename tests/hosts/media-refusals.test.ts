/** Recordings that are none, that are broken, or that point elsewhere. */
import { chmod, mkdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMediaTools } from '#main/hosts/media/create-media-tools.ts';
import { locateTools, madeRunnable, packaged } from '#main/hosts/media/tools.ts';
import { toolVersions } from '#main/hosts/media/versions.ts';
import { H264, MediaFolder, picture, tone } from '../fixtures/media.ts';
import { codeOf, file, hear, probeCode, see, tools } from './media-reading.ts';

const folder = new MediaFolder();
const write = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(folder.at(name), content);
  return folder.at(name);
};
/** Where a followed reference would be seen. */
let server: Server;
let address: string;
let visits = 0;

beforeAll(async () => {
  server = createServer((_, response) => {
    visits++;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await folder.make('good.mp4', ...picture(2), ...tone(2), ...H264, '-c:a', 'aac');
  await folder.make('good.wav', ...tone(1));
});
afterAll(() => {
  server.close();
  folder.remove();
});

describe('no recording', () => {
  test('absent, a folder, empty, a circle of links', async () => {
    expect(await probeCode(folder.at('absent.mp4'))).toBe('file-not-found');
    expect(await probeCode(folder.at(`${'x'.repeat(300)}.mp4`))).toBe('file-not-found');
    expect(await probeCode(folder.path)).toBe('file-not-a-file');
    expect(await probeCode('/dev/zero')).toBe('file-not-a-file');
    expect(await probeCode(await write('empty.mp4', ''))).toBe('file-empty');
    await symlink(folder.at('loop-b.mp4'), folder.at('loop-a.mp4'));
    await symlink(folder.at('loop-a.mp4'), folder.at('loop-b.mp4'));
    expect(await probeCode(folder.at('loop-a.mp4'))).toBe('file-not-readable');
  });

  test('text and noise under the name of a recording', async () => {
    expect(
      await probeCode(await write('text.mp4', 'Dear diary, today nothing was recorded.\n'.repeat(50))),
    ).toBe('media-not-recognised');
    expect(await probeCode(await write('zeros.mp4', new Uint8Array(100_000)))).toBe('media-not-recognised');
  });

  test('zero seconds, no streams, only subtitles', async () => {
    const short = await folder.make('zero.wav', ...tone(1), '-t', '0');
    expect(await probeCode(short)).toBe('media-zero-length');
    const bare = await folder.make('bare.mp4', ...tone(1), '-t', '0', '-c:a', 'aac');
    expect(await probeCode(bare)).toBe('media-no-streams');
    expect(await probeCode(await write('words.srt', '1\n00:00:01,000 --> 00:00:02,000\nHello\n'))).toBe(
      'media-no-streams',
    );
    const subtitled = await folder.make('words.mkv', '-i', folder.at('words.srt'), '-c:s', 'srt');
    expect(await probeCode(subtitled)).toBe('media-no-streams');
  });
});

describe('damage', () => {
  test('an mp4 cut before its index', async () => {
    const bytes = await readFile(folder.at('good.mp4'));
    expect(await probeCode(await write('cut.mp4', bytes.subarray(0, bytes.length * 0.5)))).toBe(
      'media-damaged',
    );
  });

  test('an mp4 with its index first, cut in the middle, gives what is there', async () => {
    const path = await folder.make(
      'front.mp4',
      '-i',
      folder.at('good.mp4'),
      '-c',
      'copy',
      '-movflags',
      '+faststart',
    );
    await truncate(path, Math.floor((await readFile(path)).length * 0.6));
    const input = file(path);
    const info = await tools.probe(input);
    const heard = await hear(input, info);
    expect(heard.damaged).toBe(true);
    expect(heard.seconds).toBeGreaterThan(0.2);
    expect(heard.seconds).toBeLessThan(1.9);
    const seen = await see(input, info);
    expect(seen.damaged).toBe(true);
    expect(seen.times.length).toBeGreaterThan(1);
  });

  test('rubbish in the middle is read past', async () => {
    const path = await folder.make('rubbish.m4a', ...tone(10));
    const bytes = await readFile(path);
    bytes.fill(0xa5, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.5));
    await writeFile(path, bytes);
    const heard = await hear(file(path), await tools.probe(file(path)));
    expect(heard.damaged).toBe(true);
    expect(heard.seconds).toBeGreaterThan(5);
    expect(heard.seconds).toBeLessThan(10.2);
  });

  test('a file that disappears after it was looked at', async () => {
    const path = await folder.make('gone.wav', ...tone(1));
    const info = await tools.probe(file(path));
    await rm(path);
    expect(await codeOf(hear(file(path), info))).toBe('file-not-found');
  });
});

describe('what points elsewhere is not followed', () => {
  test.each([
    [
      'list.m3u8',
      (at: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${at}/a.ts\n#EXT-X-ENDLIST\n`,
    ],
    ['list.mp4', (at: string) => `#EXTM3U\n#EXTINF:5,\n${at}/a.ts\n#EXT-X-ENDLIST\n`],
    ['script.mp4', () => `ffconcat version 1.0\nfile good.wav\n`],
    ['script.txt', () => `file 'good.wav'\n`],
    ['dash.mpd', (at: string) => `<?xml version="1.0"?>\n<MPD><BaseURL>${at}/</BaseURL></MPD>`],
    ['call.sdp', () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n'],
    ['link.asx', (at: string) => `<asx version="3.0"><entry><ref href="${at}/a.wma"/></entry></asx>`],
    ['link.wma', (at: string) => `[Reference]\r\nRef1=${at}/a.wma\r\n`],
    ['link.pls', (at: string) => `[playlist]\nFile1=${at}/a.mp3\n`],
    ['link.ram', (at: string) => `${at}/a.rm\n`],
  ])('%s', async (name, content) => {
    expect(await probeCode(await write(name, content(address)))).toBe('media-refers-elsewhere');
    expect(visits).toBe(0);
  });

  test('a playlist hidden behind a long comment is not followed either', async () => {
    const hidden = `${'#'.padEnd(5000, ' ')}\n#EXTM3U\n#EXTINF:5,\n${address}/a.ts\n`;
    expect(await probeCode(await write('hidden.m3u8', hidden))).toBe('media-not-recognised');
    expect(visits).toBe(0);
  });

  test('an mp4 whose sound lies in another file', async () => {
    // A data reference: the track's "url " box gets a path in place of "in this file".
    const bytes = await readFile(folder.at('good.mp4'));
    const at = bytes.indexOf('url ', bytes.indexOf('dref'));
    expect(at).toBeGreaterThan(0);
    bytes[at + 7] = 0;
    const path = await write('referring.mp4', bytes);
    const outcome = await codeOf(tools.probe(file(path)).then((info) => hear(file(path), info)));
    expect(['none', 'media-damaged', 'media-not-recognised']).toContain(outcome);
    expect(visits).toBe(0);
  });

  test('a stored recording is only read from this machine', async () => {
    expect(await codeOf(tools.probe({ kind: 'stored', url: 'http://example.com/a' }))).toBe(
      'media-refers-elsewhere',
    );
    expect(await codeOf(tools.probe({ kind: 'stored', url: 'file:///etc/passwd' }))).toBe(
      'media-refers-elsewhere',
    );
  });
});

describe('the tools themselves', () => {
  test('missing, a folder, not executable, not a program', async () => {
    const plain = await write('plain', 'not a program');
    const rubbish = await write('rubbish', 'not a program');
    await chmod(plain, 0o644);
    await chmod(rubbish, 0o755);
    await mkdir(folder.at('folder'));
    for (const ffprobePath of [folder.at('absent'), folder.at('folder'), plain, rubbish]) {
      const broken = createMediaTools(() => ({ ffprobePath }));
      expect(await codeOf(broken.probe(file(folder.at('good.wav'))))).toBe('media-tool-missing');
      expect(await codeOf(toolVersions({ ffprobePath }))).toBe('media-tool-missing');
    }
    // What the person named stays as it was.
    await expect(locateTools({ ffmpegPath: plain })).rejects.toThrow('cannot be run');
  });

  test('a packaged one without its run bit is given it', async () => {
    const path = await write('unpacked', '#!/bin/sh\nexit 0\n');
    await chmod(path, 0o644);
    expect(await madeRunnable(path)).toBe(path);
    expect((await stat(path)).mode & 0o111).toBe(0o111);
    expect(await codeOf(madeRunnable(folder.at('absent')))).toBe('media-tool-missing');
  });

  test('the packaged ones run, and say their versions', async () => {
    const versions = await toolVersions({});
    expect(versions.ffmpeg).toMatch(/\d/);
    expect(versions.ffprobe).toMatch(/\d/);
    expect(packaged('@ffmpeg-installer', 'ffmpeg')).toContain('ffmpeg');
    expect(() => packaged('@ffmpeg-installer', 'no-such-program')).toThrow();
  });

  test('settings that change are heeded, and an error is not kept', async () => {
    let ffprobePath = folder.at('absent');
    const changing = createMediaTools(() => ({ ffprobePath }));
    expect(await codeOf(changing.probe(file(folder.at('good.wav'))))).toBe('media-tool-missing');
    ffprobePath = '';
    expect(await codeOf(changing.probe(file(folder.at('good.wav'))))).toBe('none');
  });
});
