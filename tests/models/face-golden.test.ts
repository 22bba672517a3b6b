/** The TypeScript of models/face against what numpy, Pillow and onnxruntime in Python said (models/recipes/face/fixtures.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitSimilarity, warpGrey } from '#models/face/align.ts';
import type { FaceCrop } from '#models/face/crop.ts';
import { prepareDetection } from '#models/face/detect-prepare.ts';
import { readDetections } from '#models/face/detect-read.ts';
import { calibrated, calibrationFor } from '#models/face/calibrate.ts';
import { readEmotion } from '#models/face/emotion-read.ts';
import { measureCrop } from '#models/face/quality.ts';
import { resample } from '#models/face/resample.ts';
import { drawn, plain, sequence } from './face-drawing.ts';
import { detectorSettings, emotionLogits, emotionSettings } from './face-models.ts';

interface Fixtures {
  detection: { width: number; height: number; faces: number[][] };
  alignment: {
    width: number;
    height: number;
    points: [number, number][];
    warp: number[];
    crop: number[][];
  }[];
  resample: { larger: number[][][]; smaller: number[][][] };
  emotion: { gain: number; offset: number; logits: number[]; probabilities: number[] }[];
}
const fixtures = JSON.parse(readFileSync(new URL('face-fixtures.json', import.meta.url), 'utf8')) as Fixtures;

/** The made-up detector outputs of the fixture, for 96 x 64 pixels. */
function outputs(): Record<string, Float32Array> {
  const heads = [
    ['cls', 1, 0, 1],
    ['obj', 1, 0, 1],
    ['bbox', 4, -0.5, 1.2],
    ['kps', 10, -1, 2],
  ] as const;
  const named = [8, 16, 32].flatMap((stride, s) =>
    heads.map(([name, width, low, high], k) => {
      const values = sequence((96 / stride) * (64 / stride) * width, 1 + 10 * s + k);
      return [`${name}_${stride}`, Float32Array.from(values, (v) => v * (high - low) + low)] as const;
    }),
  );
  return Object.fromEntries(named);
}

/** Small enough for no resizing to happen: the fixture is about decoding. */
const unscaled = { ...detectorSettings, shortestLongSidePx: 1 };

describe('detection', () => {
  it('decodes and suppresses as the reference does', () => {
    const { width, height, faces } = fixtures.detection;
    const input = prepareDetection(plain(width, height, 0), unscaled);
    expect(input.dims).toEqual([1, 3, 64, 96]);
    const found = readDetections(outputs(), input, detectorSettings);
    expect(found).toHaveLength(faces.length);
    found.forEach((face, i) => {
      const flat = [face.score, face.x, face.y, face.width, face.height];
      const points = face.points.flatMap(({ x, y }) => [x, y]);
      [...flat, ...points].forEach((value, k) => expect(value).toBeCloseTo(faces[i]![k]!, 2));
    });
  });

  it('brings boxes back into the frame when the picture was resized', () => {
    const small = prepareDetection(plain(90, 60, 0), unscaled);
    const large = prepareDetection(plain(900, 600, 0), { ...unscaled, longSidePx: 90 });
    expect(large.dims).toEqual(small.dims);
    const near = readDetections(outputs(), small, detectorSettings);
    const far = readDetections(outputs(), large, detectorSettings);
    expect(far.map((f) => f.score)).toEqual(near.map((f) => f.score));
    far.forEach((face, i) => {
      expect(face.x / 10).toBeCloseTo(near[i]!.x, 6);
      expect(face.points[4]!.y / 10).toBeCloseTo(near[i]!.points[4]!.y, 6);
    });
  });

  it('puts blue first and pads with zeros', () => {
    const frame = { width: 2, height: 1, rgb: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
    const { data } = prepareDetection(frame, unscaled);
    expect([...data.slice(0, 3)]).toEqual([3, 6, 0]);
    expect(data[32 * 32]).toBe(2);
    expect(data[2 * 32 * 32 + 1]).toBe(4);
  });

  it('refuses outputs of another shape and skips cells without sense', () => {
    const input = prepareDetection(plain(90, 60, 0), unscaled);
    expect(() =>
      readDetections({ ...outputs(), obj_16: new Float32Array(3) }, input, detectorSettings),
    ).toThrow(expect.objectContaining({ code: 'model-incompatible' }));
    const broken = Object.fromEntries(Object.entries(outputs()).map(([k, v]) => [k, v.map(() => NaN)]));
    expect(readDetections(broken, input, detectorSettings)).toEqual([]);
    const wild = { ...outputs(), kps_8: outputs()['kps_8']!.map(() => Infinity) };
    for (const face of readDetections(wild, input, detectorSettings))
      for (const { x } of face.points) expect(Number.isFinite(x)).toBe(true);
  });
});

describe('alignment', () => {
  it.each(fixtures.alignment)('warps a $width x $height picture as numpy does', (fixture) => {
    const template = emotionSettings.template.map(([x, y]) => ({ x, y }));
    const points = fixture.points.map(([x, y]) => ({ x, y }));
    const warp = fitSimilarity(template, points);
    const [a, b, x0, y0] = fixture.warp as [number, number, number, number];
    expect(warp.xx).toBeCloseTo(a, 6);
    expect(warp.yx).toBeCloseTo(b, 6);
    expect(warp.x0).toBeCloseTo(x0, 4);
    expect(warp.y0).toBeCloseTo(y0, 4);
    const crop = warpGrey(drawn(fixture.width, fixture.height), warp, 48);
    const differences = fixture.crop.flatMap((line, r) =>
      line.map((value, c) => Math.abs(crop[r * 5 * 48 + c * 5]! - value)),
    );
    // The reference samples four times as finely; on this wild pattern that is a few grey levels at most.
    const mean = differences.reduce((s, d) => s + d, 0) / differences.length;
    expect(mean).toBeLessThan(2.5);
    expect(differences.filter((d) => d > 15).length).toBeLessThan(differences.length / 20);
  });

  it('resizes as Pillow does', () => {
    for (const [frame, width, height, expected] of [
      [drawn(20, 14), 50, 35, fixtures.resample.larger],
      [drawn(200, 140), 60, 42, fixtures.resample.smaller],
    ] as const) {
      const out = resample(frame, width, height);
      expected.forEach((line, r) =>
        line.forEach((pixel, c) =>
          pixel.forEach((value, k) =>
            expect(Math.abs(out[(r * 6 * width + c * 9) * 3 + k]! - value)).toBeLessThan(1.1),
          ),
        ),
      );
    }
  });
});

describe('emotion', () => {
  it('gives the probabilities that Python gives', async () => {
    for (const { gain, offset, logits, probabilities } of fixtures.emotion) {
      const picture = drawn(48, 48);
      const grey = Float32Array.from({ length: 48 * 48 }, (_, i) =>
        Math.max(0, Math.min(255, roundHalfToEven(picture.rgb[3 * i]! * gain + offset))),
      );
      const crop: FaceCrop = { grey, quality: { ...measureCrop(48, grey, 48), quality: 1, reasons: [] } };
      const own = await emotionLogits([crop]);
      own.forEach((value, k) => expect(value).toBeCloseTo(logits[k]!, 1));
      const p = calibrated(own, calibrationFor(48, emotionSettings.calibrations));
      p.forEach((value, k) => expect(Math.abs(value - probabilities[k]!)).toBeLessThan(0.01));
      const [reading] = readEmotion(own, [crop], emotionSettings);
      const at = (label: string): number => probabilities[emotionSettings.fineLabels.indexOf(label)]!;
      expect(reading!.probabilities[0]).toBeCloseTo(at('neutral'), 1);
      expect(reading!.probabilities[5]).toBeCloseTo(at('disgust') + at('contempt'), 1);
      expect(reading!.fine['contempt']).toBeCloseTo(at('contempt'), 1);
      expect(Object.keys(reading!.fine)).toEqual(emotionSettings.fineLabels);
      expect(reading!.probabilities.reduce((s, v) => s + v, 0)).toBeCloseTo(1, 6);
    }
  });

  it('averages what it says to several cuts of one face', async () => {
    const [one, other] = [1, 2].map((seed) => Float32Array.from(sequence(48 * 48, seed), (v) => v * 255));
    const quality = { ...measureCrop(48, one!, 48), quality: 1 };
    const logits = await emotionLogits([{ grey: one!, others: [other!], quality }]);
    const [a, b] = [
      await emotionLogits([{ grey: one!, quality }]),
      await emotionLogits([{ grey: other!, quality }]),
    ];
    const [reading] = readEmotion(logits, [{ grey: one!, others: [other!], quality }], emotionSettings);
    const mean = a.map((value, k) => (value + b[k]!) / 2);
    const expected = calibrated(mean, calibrationFor(48, emotionSettings.calibrations));
    emotionSettings.fineLabels.forEach((label, k) =>
      expect(reading!.fine[label]).toBeCloseTo(expected[k]!, 3),
    );
  });

  it('goes over from one calibration to the next without a step', () => {
    const all = [
      { facePx: 48, temperature: 1, offsets: [0, 2] },
      { facePx: 72, temperature: 2, offsets: [1, 0] },
    ];
    expect(calibrationFor(10, all)).toEqual(all[0]);
    expect(calibrationFor(48, all)).toMatchObject({ temperature: 1, offsets: [0, 2] });
    expect(calibrationFor(60, all)).toMatchObject({ temperature: 1.5, offsets: [0.5, 1] });
    expect(calibrationFor(500, all)).toEqual(all[1]);
  });

  it('reads several faces at once as it reads each alone', async () => {
    const crops = [1, 2, 3].map((seed): FaceCrop => {
      const grey = Float32Array.from(sequence(48 * 48, seed), (v) => v * 255);
      return { grey, quality: measureCrop(48, grey, 48) };
    });
    const together = await emotionLogits(crops);
    const alone = await Promise.all(crops.map((crop) => emotionLogits([crop])));
    const flat = alone.flatMap((row) => [...row]);
    together.forEach((value, i) => expect(value).toBeCloseTo(flat[i]!, 3));
  });
});

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
