/** Which frames of a stretch each window's embedding is made from. */
import { expect, it } from 'vitest';
import { encoderInputs } from '#models/speakers/encoder-inputs.ts';

const settings = { windowMs: 1200 };
const sound = Float32Array.from({ length: 5 * 16_000 }, (_, i) => i);
const windowsOf = (inputs: ReturnType<typeof encoderInputs>): number[] =>
  Array.from(inputs.windows.data, Number);

it('hears from the first window to the last, and counts frames from there', () => {
  const spans = [
    { startMs: 1000, endMs: 2200 },
    { startMs: 1400, endMs: 2600 },
  ];
  const inputs = encoderInputs(sound, spans, settings);
  expect(inputs.samples.dims).toEqual([1, 1.6 * 16_000]);
  expect(inputs.samples.data[0]).toBe(16_000);
  // 1.6 s of sound have 79 frames: the last window ends with the last of them.
  expect(windowsOf(inputs)).toEqual([0, 60, 20, 79]);
  expect(inputs.windows.dims).toEqual([2, 2]);
});

it('lays a shorter stretch end to end until it is a window long', () => {
  const inputs = encoderInputs(sound, [{ startMs: 500, endMs: 700 }], settings);
  expect(inputs.samples.dims).toEqual([1, 19_200]);
  expect(inputs.samples.data[0]).toBe(8000);
  expect(inputs.samples.data[3200]).toBe(8000);
  expect(windowsOf(inputs)).toEqual([0, 59]);
});

it('stays inside a sound that ends before its last window', () => {
  const spans = [
    { startMs: 3000, endMs: 4200 },
    { startMs: 4900, endMs: 6100 },
  ];
  const [, , first, last] = windowsOf(encoderInputs(sound, spans, settings));
  expect(first).toBeLessThan(last!);
  expect(last).toBe(99);
});
