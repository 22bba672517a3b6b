/** Single pictures. */
import { readFile, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
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

  test.each([
    ['png', withPngExif],
    ['webp', withWebpExif],
  ] as const)('the same in a %s, whose Exif block may stand behind the picture', async (kind, turn) => {
    const path = await folder.make(`plain.${kind}`, ...halves(), '-f', ...formatOf(`plain.${kind}`));
    const bytes = await readFile(path);
    for (const [name, turned] of Object.entries(turn(bytes, 6))) {
      await writeFile(folder.at(`${name}.${kind}`), turned);
      const frame = await tools.picture(file(folder.at(`${name}.${kind}`)));
      expect(frame).toMatchObject({ width: 32, height: 64 });
      expect([colourAt(frame, 16, 8), colourAt(frame, 16, 56)]).toEqual(['red', 'blue']);
    }
    // A block that is cut off, or says nothing, changes nothing.
    const [whole] = Object.values(turn(bytes, 77));
    await writeFile(folder.at(`odd.${kind}`), whole!);
    expect(await tools.picture(file(folder.at(`odd.${kind}`)))).toMatchObject({ width: 64, height: 32 });
  });

  test('a picture of too many pixels is said to be too large, not to be none', async () => {
    // Its header alone: nothing of that size is ever made.
    const png = await readFile(await folder.make('small.png', ...halves()));
    const header = Buffer.from(png.subarray(12, 29));
    header.writeUInt32BE(20_000, 4);
    header.writeUInt32BE(20_000, 8);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(header));
    await writeFile(
      folder.at('huge.png'),
      Buffer.concat([png.subarray(0, 12), header, check, png.subarray(33)]),
    );
    expect(await codeOf(tools.picture(file(folder.at('huge.png'))))).toBe('file-too-large');
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

/** A TIFF header whose one entry is the orientation. */
function tiffOf(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

/** Before the picture's data, and after it. */
function withPngExif(png: Uint8Array, orientation: number): Record<'before' | 'behind', Buffer> {
  const content = Buffer.concat([Buffer.from('eXIf'), tiffOf(orientation)]);
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4, 0);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  const at = (place: number): Buffer => Buffer.concat([png.subarray(0, place), chunk, png.subarray(place)]);
  return { before: at(33), behind: at(png.length - 12) };
}

/** Behind the picture's data, where the format wants it; without the header that announces it, as careless programs write it. */
function withWebpExif(webp: Uint8Array, orientation: number): Record<'behind' | 'marked', Buffer> {
  const after = (content: Buffer): Buffer => {
    const head = Buffer.from('EXIF\0\0\0\0', 'latin1');
    head.writeUInt32LE(content.length, 4);
    const whole = Buffer.concat([webp, head, content]);
    whole.writeUInt32LE(whole.length - 8, 4);
    return whole;
  };
  const tiff = tiffOf(orientation);
  return { behind: after(tiff), marked: after(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])) };
}

/** The JPEG with an Exif block that says nothing but how the camera was held. */
function withOrientation(jpeg: Uint8Array, orientation: number): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiffOf(orientation)]);
  const head = Buffer.from('ffe10000', 'hex');
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
