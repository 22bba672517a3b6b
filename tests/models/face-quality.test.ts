import { describe, expect, it } from 'vitest';
import { warpGrey, wholeFrame } from '#models/face/align.ts';
import { cropPicture, cropWhole } from '#models/face/crop.ts';
import type { FaceDetection } from '#models/face/detect-read.ts';
import type { Frame } from '#models/face/frame.ts';
import { findInPicture } from '#models/face/margin.ts';
import { measurePose } from '#models/face/pose.ts';
import { measureCrop, measureFace } from '#models/face/quality.ts';
import { smoothLooks } from '#models/face/smooth.ts';
import { drawn, noise, plain } from './face-drawing.ts';
import { emotionSettings, findFaces, readWhole } from './face-models.ts';

/** Soft blobs where eyes and mouth would be: contrast and focus of a face without being one. */
function blobs(softness: number, brightness = 120): Float32Array {
  const grey = new Float32Array(48 * 48);
  const spots = emotionSettings.template;
  for (let y = 0; y < 48; y++)
    for (let x = 0; x < 48; x++) {
      const dark = spots.reduce((s, [a, b]) => s + Math.exp(-((x - a) ** 2 + (y - b) ** 2) / softness), 0);
      grey[y * 48 + x] = Math.max(0, brightness + 50 - Math.min(120, 1440 / softness) * dark);
    }
  return grey;
}

/** A crop under a bar of one grey, from one row to another. */
const barred = (grey: Float32Array, from: number, to: number, shade: number): Float32Array =>
  grey.map((value, i) => (i >= from * 48 && i < to * 48 ? shade : value));

const frontal = emotionSettings.template.map(([x, y]) => ({ x: 3 * x, y: 3 * y }));
const found = (over: Partial<FaceDetection> = {}): FaceDetection => ({
  x: 0,
  y: 0,
  width: 140,
  height: 150,
  score: 0.92,
  points: frontal,
  ...over,
});

describe('quality', () => {
  it('finds nothing wrong with a large, sharp, frontal face', () => {
    const { quality, reasons } = measureFace(found(), blobs(12), 48);
    expect(reasons).toEqual([]);
    expect(quality).toBeGreaterThan(0.9);
  });

  it.each([
    ['face-small', found({ width: 14, height: 18 }), blobs(12)],
    ['face-blurred', found(), blobs(90)],
    ['face-dark', found(), blobs(12).map((v) => v / 12)],
    ['face-bright', found(), blobs(12).map((v) => 252 - v / 30)],
    ['face-uncertain', found({ score: 0.62 }), blobs(12)],
    ['face-covered', found(), barred(blobs(12), 12, 25, 30)],
    ['face-covered', found(), barred(blobs(12), 31, 43, 120)],
    [
      'face-turned',
      found({ points: frontal.map((p, i) => (i === 2 ? { x: p.x + 33, y: p.y } : p)) }),
      blobs(12),
    ],
  ] as const)('says %s', (reason, face, grey) => {
    const { quality, reasons } = measureFace(face, grey, 48);
    expect(reasons).toContain(reason);
    expect(quality).toBeLessThan(0.8);
  });

  // Read nearly as well at a sixth of the light (see the card): such a face keeps half of its quality, and one far darker nothing.
  it.each([
    [16, 5, 0.2, 0.35],
    [24, 8, 0.9, 1],
    [8, 3, 0, 0.03],
  ])('of a face of mean grey %i and contrast %i', (brightness, contrast, least, most) => {
    const grey = blobs(12);
    const mean = grey.reduce((a, b) => a + b, 0) / grey.length;
    const spread = Math.sqrt(grey.reduce((sum, v) => sum + (v - mean) ** 2, 0) / grey.length);
    const dark = grey.map((v) => brightness + ((v - mean) * contrast) / spread);
    const { quality } = measureFace(found(), dark, 48);
    expect(quality).toBeGreaterThanOrEqual(least);
    expect(quality).toBeLessThanOrEqual(most);
  });

  it.each([
    ['leant', 20, 0.99, 1],
    ['on its side', 90, 0.29, 0.31],
    ['on its side', -90, 0.29, 0.31],
    ['upside down', 180, 0.14, 0.16],
  ])('a face %s (%d degrees) keeps its share', (_, degrees, least, most) => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const points = frontal.map(({ x, y }) => ({ x: cos * x - sin * y, y: sin * x + cos * y }));
    const whole = measureFace(found(), blobs(12), 48).quality;
    const { quality, reasons } = measureFace(found({ points }), blobs(12), 48);
    expect(quality / whole).toBeGreaterThan(least);
    expect(quality / whole).toBeLessThanOrEqual(most);
    expect(reasons).toEqual(Math.abs(degrees) > 45 ? ['face-turned'] : []);
  });

  it('stays within 0..1 for crops of nothing', () => {
    for (const grey of [new Float32Array(48 * 48), new Float32Array(48 * 48).fill(255)])
      expect(measureCrop(500, grey, 48).quality).toBe(0);
  });

  it('judges pose', () => {
    expect(measurePose(frontal)).toMatchObject({ rollDegrees: 0 });
    expect(Math.abs(measurePose(frontal).yaw)).toBeLessThan(1e-3);
    const turned = frontal.map(({ x, y }) => ({ x: 0.8 * x - 0.6 * y, y: 0.6 * x + 0.8 * y }));
    expect(measurePose(turned).turn).toBeCloseTo(measurePose(frontal).turn, 6);
    expect(measurePose(turned).rollDegrees).toBeCloseTo(36.87, 1);
    expect(measurePose(frontal.map(() => ({ x: 1, y: 1 }))).turn).toBe(2);
  });
});

describe('a picture that is said to be a face', () => {
  const picture = { width: 144, height: 144, rgb: plain(144, 144, 90).rgb };
  const near: FaceDetection = { ...found(), points: frontal };

  it('is read whole and aligned where its face is of the size that the model knows', () => {
    expect(cropPicture(picture, near, emotionSettings).others).toHaveLength(1);
    const far = { ...near, points: frontal.map(({ x, y }) => ({ x: 50 + x / 3, y: 50 + y / 3 })) };
    expect(cropPicture(picture, far, emotionSettings).others).toBeUndefined();
  });

  it('keeps half of its quality where no face was found, and says so', () => {
    const { rgb } = drawn(96, 96);
    const frame = { width: 96, height: 96, rgb };
    const whole = cropWhole(frame, emotionSettings).quality;
    const { quality, reasons } = cropPicture(frame, undefined, emotionSettings).quality;
    expect(quality).toBeCloseTo(whole.quality / 2, 9);
    expect(reasons).toContain('face-uncertain');
  });

  it('is searched for its face on a wider ground, and answers in its own pixels', async () => {
    const face = await findInOne({ width: 60, height: 30 }, 0.25, 0.5);
    // The spot covers the pixels 13 to 16 of both axes.
    expect(face!.x + face!.width / 2).toBeCloseTo(14.5, 0);
    expect(face!.y + face!.height / 2).toBeCloseTo(14.5, 0);
    expect(face!.points[2]!.x).toBeCloseTo(14.5, 0);
  });
});

/** What findInPicture makes of a detector that sees one face in the middle of a dark spot there (in shares of the picture's sides). */
async function findInOne(size: { width: number; height: number }, across: number, down: number) {
  const { rgb } = plain(size.width, size.height, 200);
  const [x, y] = [Math.floor(across * size.width), Math.floor(down * size.height)];
  for (let v = -2; v < 2; v++)
    rgb.fill(0, ((y + v) * size.width + x - 2) * 3, ((y + v) * size.width + x + 2) * 3);
  return findInPicture({ ...size, rgb }, (wide) => Promise.resolve([darkSpot(wide)]));
}

function darkSpot(frame: Frame): FaceDetection {
  let [sumX, sumY, count] = [0, 0, 0];
  for (let i = 0; i < frame.width * frame.height; i++)
    if (frame.rgb[3 * i]! < 60) {
      sumX += i % frame.width;
      sumY += Math.floor(i / frame.width);
      count++;
    }
  const middle = { x: sumX / count, y: sumY / count };
  const points = Array.from({ length: 5 }, () => middle);
  return { x: middle.x - 4, y: middle.y - 4, width: 8, height: 8, score: 0.9, points };
}

describe('pictures that show no face', () => {
  it.each([
    ['one pixel', plain(1, 1, 90)],
    ['8000 pixels wide', plain(8000, 40, 90)],
    ['8000 pixels high', plain(24, 8000, 200)],
    ['blank', plain(320, 240, 128)],
    ['black', plain(320, 240, 0)],
    ['noise', noise(320, 240, 7)],
  ])('%s: nothing found, and no confident guess when taken as a face', async (_, frame) => {
    expect(await findFaces(frame)).toEqual([]);
    const reading = await readWhole(frame);
    expect(reading.quality).toBeLessThan(0.1);
    expect(reading.reasons).not.toEqual([]);
    expect(Math.max(...reading.probabilities)).toBeLessThan(0.5);
    expect(reading.probabilities.reduce((s, p) => s + p, 0)).toBeCloseTo(1, 6);
  });

  it('refuses a frame whose bytes do not fit', () => {
    const broken = { width: 10, height: 10, rgb: new Uint8Array(12) };
    const refusal = expect.objectContaining({ code: 'picture-not-recognised' }) as Error;
    expect(() => cropWhole(broken, emotionSettings)).toThrow(refusal);
    expect(() => cropWhole({ width: 0, height: 0, rgb: new Uint8Array(0) }, emotionSettings)).toThrow(
      refusal,
    );
  });

  it('stretches the whole picture over the crop', () => {
    const frame = plain(96, 48, 10);
    frame.rgb.fill(210, 0, 96 * 24 * 3);
    const crop = warpGrey(frame, wholeFrame(frame, 48), 48);
    expect(crop[5 * 48 + 7]).toBeCloseTo(210, 3);
    expect(crop[40 * 48 + 7]).toBeCloseTo(10, 3);
  });
});

describe('smoothLooks', () => {
  const calm = [0.9, 0.02, 0.02, 0.02, 0.02, 0.01, 0.01];
  const surprised = [0.05, 0.01, 0.01, 0.01, 0.01, 0.01, 0.9];
  const looks = (surprisedAt: (i: number) => boolean, quality: (i: number) => number = () => 1) =>
    Array.from({ length: 30 }, (_, i) => ({
      timeMs: i * 200,
      probabilities: surprisedAt(i) ? surprised : calm,
      quality: quality(i),
    }));

  it('does not take a blink or a vowel for surprise', () => {
    for (const p of smoothLooks(looks((i) => i === 10 || i === 11))) expect(p[6]).toBeLessThan(p[0]!);
  });

  it('does not take speech, the mouth open at every other look, for surprise', () => {
    for (const p of smoothLooks(looks((i) => i % 2 === 1)).slice(2, -2)) expect(p[6]).toBeLessThan(p[0]!);
  });

  it('keeps an expression of a second, without delay', () => {
    const smooth = smoothLooks(looks((i) => i >= 10 && i <= 14));
    expect(smooth[12]![6]).toBeGreaterThan(0.5);
    const rising = smooth.findIndex((p) => p[6]! > 0.4);
    expect(rising).toBeGreaterThanOrEqual(9);
    expect(rising).toBeLessThanOrEqual(11);
  });

  it('lets bad looks count less, and survives nothing but bad ones', () => {
    const trusted = smoothLooks(
      looks(
        (i) => i === 10,
        (i) => (i === 10 ? 0.1 : 1),
      ),
    );
    expect(trusted[10]![6]).toBeLessThan(0.05);
    const hopeless = smoothLooks(
      looks(
        () => false,
        () => 0,
      ),
    );
    for (const p of hopeless) expect(p[0]).toBeCloseTo(0.9, 6);
  });

  it('does not reach over a gap', () => {
    const [before, after] = smoothLooks([
      { timeMs: 0, probabilities: calm, quality: 1 },
      { timeMs: 5000, probabilities: surprised, quality: 1 },
    ]);
    calm.forEach((p, k) => expect(before![k]).toBeCloseTo(p, 9));
    surprised.forEach((p, k) => expect(after![k]).toBeCloseTo(p, 9));
    expect(smoothLooks([])).toEqual([]);
  });
});
