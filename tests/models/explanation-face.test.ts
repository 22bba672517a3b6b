/** How parts of a face are taken away, and effects against a model whose effects are known. */
import { describe, expect, it } from 'vitest';
import { FACE_REGIONS } from '#contract/explanation/explanation.ts';
import { alignedCrop } from '#models/explanation/face/crop.ts';
import { explainFace, type AskFace } from '#models/explanation/face/explain.ts';
import { GRID } from '#models/explanation/face/grid.ts';
import { blurred, occluded } from '#models/explanation/face/occlude.ts';
import { regionBoxes } from '#models/explanation/face/regions.ts';
import type { Frame } from '#models/face/frame.ts';
import { noise } from './face-drawing.ts';
import { emotionSettings } from './face-models.ts';

const { template, sidePx } = emotionSettings;
const points = template.map(([x, y]) => ({ x: (x + 0.5) / sidePx, y: (y + 0.5) / sidePx }));
const SIDE = 96;

describe('regions', () => {
  it('lie in order down the face, inside the crop', () => {
    const boxes = regionBoxes(points);
    for (const region of FACE_REGIONS)
      for (const { x, y, width, height } of boxes[region]) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1);
        expect(width * height).toBeGreaterThan(0.01);
      }
    expect(boxes.forehead[0]!.y).toBeLessThan(boxes.eyes[0]!.y);
    expect(boxes.eyes[0]!.y).toBeLessThan(boxes.nose[0]!.y);
    expect(boxes.nose[0]!.y).toBeLessThan(boxes.mouth[0]!.y);
  });
});

describe('an occluded part', () => {
  const face = noise(SIDE, SIDE, 3);
  const blur = blurred(face);

  it('has lost its detail, and what lies away from it is untouched', () => {
    const covered = occluded(face, blur, [{ x: 0, y: 0, width: 0.5, height: 0.5 }]);
    expect(covered.rgb.subarray(0, 60)).toEqual(blur.rgb.subarray(0, 60));
    expect(covered.rgb.subarray(-3 * SIDE * 40)).toEqual(face.rgb.subarray(-3 * SIDE * 40));
    expect(Math.max(...blur.rgb) - Math.min(...blur.rgb)).toBeLessThan(40);
  });
});

describe('the aligned crop', () => {
  it('is the frame itself where the points already lie on the template', () => {
    const frame = noise(2 * sidePx, 2 * sidePx, 5);
    const there = template.map(([x, y]) => ({ x: 2 * x + 0.5, y: 2 * y + 0.5 }));
    expect(alignedCrop(frame, there, template, sidePx)).toEqual(frame);
  });
});

/** A model that sees happiness in the detail of the lower left quarter. */
const lowerLeft: AskFace = (crops: Frame[]) =>
  Promise.resolve(
    crops.map(({ width, height, rgb }) => {
      let detail = 0;
      for (let y = height / 2; y < height; y++)
        for (let x = 1; x < width / 2; x++)
          detail +=
            Math.abs(rgb[(y * width + x) * 3]! - rgb[(y * width + x - 1) * 3]!) / (width * height * 20);
      const happiness = 1 / (1 + Math.exp(0.5 - detail));
      return [1 - happiness, happiness, 0, 0, 0, 0, 0];
    }),
  );

describe('the explanation of a face', () => {
  it('finds the quarter that a model looks at', async () => {
    const { grid } = await explainFace(noise(SIDE, SIDE, 7), points, lowerLeft);
    const within = (cell: number): boolean => cell % GRID < GRID / 2 && cell >= (GRID * GRID) / 2;
    const happiness = grid.effects.map((effect) => effect[1]!);
    const mean = (cells: number[]): number => cells.reduce((a, b) => a + b, 0) / cells.length;
    expect(mean(happiness.filter((_, cell) => within(cell)))).toBeGreaterThan(
      5 * Math.abs(mean(happiness.filter((_, cell) => !within(cell)))),
    );
  });
});
