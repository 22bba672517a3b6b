/** Pictures that nobody planned for, through `attune predict face` as it runs: real ffmpeg, real models, real host. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failedRow, type PredictedRow, predictedRow } from '#contract/files/predict.ts';
import type { Engine } from '#main/engine.ts';
import { predictFace } from '#main/services/prediction/predict-face.ts';
import { blend, drawFace } from '../../scripts/sample/drawn-face.ts';
import { EXPRESSIONS, PEOPLE } from '../../scripts/sample/people.ts';
import { testEngine } from '../fixtures/engine.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-pictures-'));
const at = (name: string): string => path.join(folder, name);
let engine: Engine;
beforeAll(async () => (engine = await testEngine()));
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true });
});

interface Asked {
  name: string;
  cropped: boolean;
}

/** Rows out for these pictures, checked against the contract, in order. */
async function predict(...asked: Asked[]): Promise<unknown[]> {
  const lines = Readable.from(
    asked.map(({ name, cropped }) => JSON.stringify({ id: name, path: at(name), cropped })),
  );
  const rows = [];
  const { signal } = new AbortController();
  for await (const row of predictFace(lines, engine, signal)) rows.push(row);
  expect(rows.map(({ id }) => id)).toEqual(asked.map(({ name }) => name));
  return rows;
}

async function read(name: string, cropped: boolean): Promise<PredictedRow> {
  return predictedRow.parse((await predict({ name, cropped }))[0]);
}

const codeOf = async (name: string, cropped: boolean): Promise<string> =>
  failedRow.parse((await predict({ name, cropped }))[0]).error.code;

const surest = ({ probabilities }: PredictedRow): number => Math.max(...Object.values(probabilities));

const size = { width: 640, height: 360 };
const smile = Buffer.from(drawFace(PEOPLE.mara, EXPRESSIONS.happiness, size));
/** Mara's face in that picture. */
const FACE = { left: 200, top: 30, width: 240, height: 290 };

describe('unusual files of a face that smiles', () => {
  const kinds: Record<string, (image: Sharp) => Sharp> = {
    'cmyk.jpg': (image) => image.toColourspace('cmyk').jpeg(),
    'deep.png': (image) => image.toColourspace('rgb16').png(),
    'alpha.png': (image) => image.ensureAlpha(0.9).png(),
    'grey.png': (image) => image.greyscale().png(),
    'small.webp': (image) => image.resize(320).webp(),
    'huge.jpg': (image) => image.resize(8000, 4500, { kernel: 'nearest' }).jpeg(),
  };
  beforeAll(async () => {
    // In pixels first: the drawing itself takes minutes to render at the largest size.
    const picture = await sharp(smile).removeAlpha().png().toBuffer();
    for (const [name, make] of Object.entries(kinds)) await make(sharp(picture)).toFile(at(name));
  });

  it.each(Object.keys(kinds))('%s is read as a smile', async (name) => {
    const row = await read(name, false);
    expect(row.probabilities.happiness).toBe(surest(row));
    expect(row.quality).toBeGreaterThan(0.5);
  });

  it('takes the first picture of an animation', async () => {
    const pictures = [0, 1].map((share) =>
      Buffer.from(drawFace(PEOPLE.mara, blend(EXPRESSIONS.happiness, EXPRESSIONS.anger, share), size)),
    );
    await sharp(pictures, { join: { animated: true } })
      .gif()
      .toFile(at('moving.gif'));
    const row = await read('moving.gif', false);
    expect(row.probabilities.happiness).toBe(surest(row));
  });

  it('reads a crop as it reads the picture that it was cut from', async () => {
    await sharp(smile).removeAlpha().extract(FACE).png().toFile(at('crop.png'));
    const row = await read('crop.png', true);
    expect(row.probabilities.happiness).toBe(surest(row));
    expect(row.reasons).not.toContain('face-uncertain');
  });
});

it('reads the largest of many faces', async () => {
  const small = Buffer.from(drawFace(PEOPLE.jonas, EXPRESSIONS.neutral, { width: 320, height: 180 }));
  const composite = [0, 1, 2, 3].map((i) => ({ input: small, left: 320 * i, top: 400 }));
  await sharp({ create: { width: 1280, height: 600, channels: 3, background: '#99a' } })
    .composite([{ input: smile, left: 320, top: 20 }, ...composite])
    .png()
    .toFile(at('many.png'));
  const row = await read('many.png', false);
  expect(row.probabilities.happiness).toBe(surest(row));
});

const DOODLE = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="white"/>
  <g stroke="black" stroke-width="5" fill="none"><circle cx="100" cy="100" r="80"/><path d="M70 70v15M130 70v15M60 140h80"/></g></svg>`;
const HILLS = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#8bf"/>
  <path d="M0 220 120 120 220 210 300 140 400 230V300H0Z" fill="#473"/><circle cx="330" cy="60" r="30" fill="#fd6"/></svg>`;

describe('pictures of no face', () => {
  const blank = (width: number, height: number, background = '#777'): Sharp =>
    sharp({ create: { width, height, channels: 3, background } });
  const kinds: Record<string, Sharp> = {
    'one-pixel.png': blank(1, 1).png(),
    'black.png': blank(300, 200, '#000').png(),
    'wide.png': blank(8000, 1).png(),
    'see-through.png': sharp({
      create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    }).png(),
    'doodle.png': sharp(Buffer.from(DOODLE)).png(),
    'hills.png': sharp(Buffer.from(HILLS)).png(),
  };
  beforeAll(async () => {
    for (const [name, image] of Object.entries(kinds)) await image.toFile(at(name));
  });

  it.each(Object.keys(kinds))('%s: no face found; taken as one, no confident guess', async (name) => {
    expect(await codeOf(name, false)).toBe('face-not-found');
    const row = await read(name, true);
    expect(surest(row)).toBeLessThan(0.66);
    expect(row.quality).toBeLessThan(0.6);
    expect(row.reasons).toContain('face-uncertain');
  });
});

describe('broken files', () => {
  it.each([
    ['jpeg', 0.02, 'picture-not-recognised'],
    ['png', 0.02, 'picture-not-recognised'],
    ['png', 0.6, 'picture-not-recognised'],
    // Its upper part is there: read, and little believed.
    ['jpeg', 0.6, null],
  ] as const)(
    '%s: of a picture cut at %d, and the next row gets its own answer',
    async (format, share, code) => {
      const whole = await sharp(smile).removeAlpha().toFormat(format).toBuffer();
      writeFileSync(at(`whole.${format}`), whole);
      writeFileSync(at('cut'), whole.subarray(0, share * whole.length));
      const [cut, next] = await predict(
        { name: 'cut', cropped: true },
        { name: `whole.${format}`, cropped: false },
      );
      if (code === null) expect(predictedRow.parse(cut).quality).toBeLessThan(0.4);
      else expect(failedRow.parse(cut).error.code).toBe(code);
      expect(predictedRow.parse(next).probabilities.happiness).toBeGreaterThan(0.5);
    },
  );

  it('what is no picture is refused with its code', async () => {
    writeFileSync(at('letter.jpg'), 'Dear friend, this is no picture.');
    writeFileSync(at('empty.png'), '');
    writeFileSync(at('bytes.webp'), readFileSync(process.execPath).subarray(0, 4096));
    expect(await codeOf('letter.jpg', true)).toBe('picture-not-recognised');
    expect(await codeOf('empty.png', true)).toBe('file-empty');
    expect(await codeOf('bytes.webp', false)).toBe('picture-not-recognised');
    expect(await codeOf('absent.png', false)).toBe('file-not-found');
  });
});
