/** Single pictures. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { RgbFrame } from '#main/hosts/inference/tasks.ts';
import { jpegOrientation } from '#main/hosts/media/orientation.ts';
import { MediaFolder } from '../fixtures/media.ts';
import { codeOf, file, tools } from './media-reading.ts';

const folder = new MediaFolder();
afterAll(() => folder.remove());

/** Left half red, right half blue. */
const halves = (width = 64, height = 32): string[] => [
  ...[
    '-f',
    'lavfi',
    '-i',
    `color=red:s=${width / 2}x${height}`,
    '-f',
    'lavfi',
    '-i',
    `color=blue:s=${width / 2}x${height}`,
  ],
  ...['-filter_complex', 'hstack', '-frames:v', '1'],
];

function colourAt({ width, rgb }: RgbFrame, x: number, y: number): string {
  const [red, , blue] = rgb.subarray((y * width + x) * 3);
  return red! > 140 && blue! < 80 ? 'red' : blue! > 140 && red! < 80 ? 'blue' : 'other';
}

describe('pictures', () => {
  test.each([
    ['jpeg.jpg', []],
    ['png.png', ['-pix_fmt', 'rgb24']],
    ['deep.png', ['-pix_fmt', 'rgb48be']],
    ['alpha.png', ['-pix_fmt', 'rgba']],
    ['bitmap.bmp', []],
    ['tiff.tiff', ['-pix_fmt', 'rgb24']],
    ['web.webp', ['-pix_fmt', 'yuv420p']],
    ['moving.gif', []],
    ['name 50%d.jpg', []],
  ])('%s', async (name, args) => {
    const frame = await tools.picture(
      file(await folder.make(name, ...halves(), ...args, '-f', ...formatOf(name))),
    );
    expect(frame).toMatchObject({ timeMs: 0, width: 64, height: 32 });
    expect([colourAt(frame, 8, 16), colourAt(frame, 56, 16)]).toEqual(['red', 'blue']);
  });

  test('grey, and fitted without enlarging', async () => {
    const path = await folder.make('grey.png', ...halves(400, 200), '-pix_fmt', 'gray');
    expect(await tools.picture(file(path), { maxWidth: 100 })).toMatchObject({ width: 100, height: 50 });
    expect(await tools.picture(file(path), { maxWidth: 1000 })).toMatchObject({ width: 400, height: 200 });
  });

  test('a camera held upright (Exif orientation)', async () => {
    const path = await folder.make('plain.jpg', ...halves());
    const turned = withOrientation(await readFile(path), 6);
    expect(jpegOrientation(turned)).toBe(6);
    await writeFile(folder.at('turned.jpg'), turned);
    const frame = await tools.picture(file(folder.at('turned.jpg')));
    expect(frame).toMatchObject({ width: 32, height: 64 });
    expect([colourAt(frame, 16, 8), colourAt(frame, 16, 56)]).toEqual(['red', 'blue']);
  });

  test('orientation of damaged Exif blocks', () => {
    const jpeg = withOrientation(Buffer.from('ffd8ffd9', 'hex'), 8);
    expect(jpegOrientation(jpeg)).toBe(8);
    for (let length = 0; length < 34; length++) expect(jpegOrientation(jpeg.subarray(0, length))).toBe(1);
    expect(jpegOrientation(withOrientation(Buffer.from('ffd8ffd9', 'hex'), 77))).toBe(1);
  });

  test('what is no picture', async () => {
    await writeFile(folder.at('text.jpg'), 'not a picture');
    await writeFile(
      folder.at('cut.png'),
      (await readFile(await folder.make('whole.png', ...halves()))).subarray(0, 30),
    );
    await writeFile(folder.at('header.jpg'), Buffer.from('ffd8ffe000104a46494600', 'hex'));
    for (const name of ['text.jpg', 'cut.png', 'header.jpg'])
      expect(await codeOf(tools.picture(file(folder.at(name))))).toBe('picture-not-recognised');
    expect(await codeOf(tools.picture(file(folder.at('absent.jpg'))))).toBe('file-not-found');
    await writeFile(folder.at('empty.jpg'), '');
    expect(await codeOf(tools.picture(file(folder.at('empty.jpg'))))).toBe('file-empty');
  });
});

/** ffmpeg would take "%d" in an output's name for a number: the format says it is one file. */
function formatOf(name: string): string[] {
  if (name.endsWith('.gif')) return ['gif'];
  if (name.endsWith('.webp')) return ['webp'];
  return ['image2', '-update', '1'];
}

/** The JPEG with an Exif block that says nothing but how the camera was held. */
function withOrientation(jpeg: Uint8Array, orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from('ffe10000', 'hex');
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
