import { describe, expect, it } from 'vitest';
import { appearanceDistance, describeAppearance } from '#models/face/appearance.ts';
import { assign } from '#models/face/assignment.ts';
import { FaceTracker, type TrackedFace } from '#models/face/tracker.ts';
import { plain, sequence } from './face-drawing.ts';

const STEP_MS = 200;
const face = (x: number, y: number, size = 80, appearance?: number[]): TrackedFace => ({
  x: x - size / 2,
  y: y - size / 2,
  width: size,
  height: size,
  ...(appearance ? { appearance } : {}),
});

/** Runs `at(frame)` through a tracker; returns the ids per frame. */
function track(frames: number, at: (frame: number) => TrackedFace[]): string[][] {
  const tracker = new FaceTracker();
  return Array.from({ length: frames }, (_, i) => tracker.push(i * STEP_MS, at(i)));
}

describe('FaceTracker', () => {
  it('keeps the id of a face that jitters and moves', () => {
    const random = sequence(400, 3);
    const ids = track(100, (i) => [
      face(200 + 4 * i + 10 * random[2 * i]!, 150 + 10 * random[2 * i + 1]!, 70 + 8 * random[200 + i]!),
    ]);
    expect(new Set(ids.flat()).size).toBe(1);
  });

  it('keeps ids through a loss of 0.6 s, at rest and on the move', () => {
    const ids = track(30, (i) => {
      const still = face(100, 100);
      const moving = face(200 + 12 * i, 300);
      return i >= 12 && i < 15 ? [] : [still, moving];
    });
    expect(ids[20]).toEqual(ids[5]);
    expect(new Set(ids.flat()).size).toBe(2);
  });

  it('gives a face that comes back after a long time a new id', () => {
    const ids = track(30, (i) => (i >= 5 && i < 15 ? [] : [face(100, 100)]));
    expect(ids[20]).not.toEqual(ids[0]);
  });

  it.each([0, 1, 2, 3])('keeps two crossing faces apart, one hidden for %i frames', (hidden) => {
    const left = (i: number): number => 100 + 22 * i;
    const right = (i: number): number => 540 - 22 * i;
    const ids = track(21, (i) => {
      const behind = Math.abs(i - 10) < (hidden + 1) / 2 && hidden > 0;
      return behind ? [face(left(i), 200)] : [face(left(i), 200), face(right(i), 212, 74)];
    });
    expect(ids[20]).toEqual(ids[0]);
    expect(new Set(ids.flat()).size).toBe(2);
  });

  it('does not depend on the order of detections', () => {
    const ids = track(20, (i) => {
      const pair = [face(100 + i, 100), face(300 - i, 100)];
      return i % 2 ? pair.reverse() : pair;
    });
    ids.forEach((pair, i) => expect(i % 2 ? [...pair].reverse() : pair).toEqual(ids[0]));
  });

  it('tells by colours that another person took the place after a cut', () => {
    const dark = Array.from({ length: 48 }, () => 0.1);
    const light = Array.from({ length: 48 }, () => 0.7);
    const ids = track(10, (i) => [face(200, 200, 80, i < 5 ? dark : light)]);
    expect(ids[4]).toEqual(ids[0]);
    expect(ids[5]).not.toEqual(ids[4]);
    expect(ids[9]).toEqual(ids[5]);
  });

  it('gives every face of a frame its own id, whatever comes', () => {
    const random = sequence(3000, 11);
    let at = 0;
    const next = (): number => random[at++ % random.length]!;
    const ids = track(80, () =>
      Array.from({ length: Math.floor(next() * 7) }, () =>
        face(next() * 640, next() * 360, 10 + next() * 120),
      ),
    );
    for (const frame of ids) expect(new Set(frame).size).toBe(frame.length);
  });

  it('lives with boxes without size and with repeated times', () => {
    const tracker = new FaceTracker();
    const empty = { x: 0, y: 0, width: 0, height: 0 };
    expect(tracker.push(0, [empty, face(50, 50)])).toHaveLength(2);
    expect(tracker.push(0, [face(50, 50)])).toHaveLength(1);
    expect(tracker.push(10, [])).toEqual([]);
  });
});

describe('assign', () => {
  it('finds the cheapest assignment (against trying all)', () => {
    const random = sequence(4000, 5);
    let at = 0;
    for (let round = 0; round < 60; round++) {
      const rows = 1 + (round % 4);
      const columns = 1 + (Math.floor(round / 4) % 4);
      const cost = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => (random[at++]! < 0.25 ? Infinity : random[at++]!)),
      );
      const [pairs, sum] = judge(cost, assign(cost));
      const [bestPairs, bestSum] = tryAll(cost);
      expect(pairs).toBe(bestPairs);
      expect(sum).toBeCloseTo(bestSum, 9);
    }
  });

  it('answers empty tables', () => {
    expect(assign([])).toEqual([]);
    expect(assign([[], []])).toEqual([-1, -1]);
  });
});

function judge(cost: number[][], columns: number[]): [number, number] {
  const used = columns.flatMap((column, row) => (column < 0 ? [] : [cost[row]![column]!]));
  expect(used.every(Number.isFinite)).toBe(true);
  return [used.length, used.reduce((s, v) => s + v, 0)];
}

/** Most pairs first, then the least cost. */
function tryAll(cost: number[][], row = 0, taken = new Set<number>()): [number, number] {
  if (row === cost.length) return [0, 0];
  let best = tryAll(cost, row + 1, taken);
  cost[row]!.forEach((value, column) => {
    if (taken.has(column) || !Number.isFinite(value)) return;
    const [pairs, sum] = tryAll(cost, row + 1, new Set([...taken, column]));
    if (pairs + 1 > best[0] || (pairs + 1 === best[0] && sum + value < best[1]))
      best = [pairs + 1, sum + value];
  });
  return best;
}

describe('describeAppearance', () => {
  it('sees colours, also over the edge of the frame', () => {
    const dark = describeAppearance(plain(64, 48, 20), { x: -30, y: -30, width: 60, height: 60 });
    const light = describeAppearance(plain(64, 48, 220), { x: 40, y: 30, width: 60, height: 60 });
    expect(dark).toHaveLength(48);
    expect(appearanceDistance(dark, light)).toBeCloseTo(200 / 255, 5);
    expect(appearanceDistance(dark, dark)).toBe(0);
  });
});
