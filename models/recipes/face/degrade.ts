/** Ways in which a grey picture of a face gets worse: for the tables of the card. */
import sharp, { type Sharp } from 'sharp';

/** `side` x `side` grey values, 0..255. */
export type Degrade = (grey: Uint8Array, side: number) => Uint8Array | Promise<Uint8Array>;

const raw = (grey: Uint8Array, side: number) =>
  sharp(grey, { raw: { width: side, height: side, channels: 1 } });

async function grey(image: Sharp): Promise<Uint8Array> {
  return new Uint8Array(await image.greyscale().toColourspace('b-w').raw().toBuffer());
}

const smaller =
  (to: number): Degrade =>
  async (picture, side) => {
    const small = await raw(picture, side).resize(to, to, { kernel: 'linear' }).png().toBuffer();
    return grey(sharp(small).resize(side, side, { kernel: 'linear' }));
  };

/** One grey over the rows from `from` to `to`, in shares of the height. */
const covered =
  (from: number, to: number, shade: number): Degrade =>
  (picture, side) =>
    picture.map((value, i) => {
      const row = Math.floor(i / side) / side;
      return row >= from && row < to ? shade : value;
    });

export const DEGRADED: Readonly<Record<string, Degrade>> = {
  'as it is': (picture) => picture,
  '24 px': smaller(24),
  '12 px': smaller(12),
  'blurred (sigma 1.5 px)': (picture, side) => grey(raw(picture, side).blur(1.5)),
  'JPEG 20': async (picture, side) => grey(sharp(await raw(picture, side).jpeg({ quality: 20 }).toBuffer())),
  'a quarter of the light': (picture) => picture.map((value) => value / 4),
  'eyes covered': covered(0.28, 0.5, 30),
  'mouth covered': covered(0.64, 0.9, 120),
};
