/** What light, lens, hands and compression do to a picture of a face. */
import sharp, { type Sharp } from 'sharp';
import type { RgbFrame } from '#main/hosts/inference/tasks.ts';
import type { Random } from '#models/metrics/random.ts';

const raw = ({ width, height }: RgbFrame) => ({ raw: { width, height, channels: 3 as const } });

async function back(picture: Sharp, { timeMs }: RgbFrame): Promise<RgbFrame> {
  const { data, info } = await picture
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { timeMs, width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

/** `share` of the width is the blur's standard deviation. */
export const blurred = (frame: RgbFrame, share: number): Promise<RgbFrame> =>
  back(sharp(frame.rgb, raw(frame)).blur(share * frame.width), frame);

export async function asJpeg(frame: RgbFrame, quality: number): Promise<RgbFrame> {
  const bytes = await sharp(frame.rgb, raw(frame)).jpeg({ quality }).toBuffer();
  return back(sharp(bytes), frame);
}

export const resized = (frame: RgbFrame, width: number): Promise<RgbFrame> =>
  back(sharp(frame.rgb, raw(frame)).resize({ width }), frame);

/** A fraction of the light, and the sensor's noise (about 2 of 255). */
export function darkened(frame: RgbFrame, light: number, random: Random): RgbFrame {
  const rgb = frame.rgb.map((value) => {
    const noise = 4 * (random() + random() + random() - 1.5);
    return Math.max(0, Math.min(255, Math.round(light * value + noise)));
  });
  return { ...frame, rgb };
}

/** A flat dark patch over a part of the picture; all numbers are shares of its sides. */
export function covered(
  frame: RgbFrame,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
): RgbFrame {
  const rgb = frame.rgb.slice();
  const [fromX, toX] = [left, right].map((x) => Math.round(x * frame.width));
  for (let y = Math.round(top * frame.height); y < Math.round(bottom * frame.height); y++)
    rgb.fill(40, 3 * (y * frame.width + fromX!), 3 * (y * frame.width + toX!));
  return { ...frame, rgb };
}
