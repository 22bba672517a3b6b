import { describe, expect, it } from 'vitest';
import type { AudioChunk } from '#main/hosts/media/media.ts';
import { channelsAreSpeakers, mixDown } from '#main/services/analysis/channels.ts';
import { WaveformBuilder } from '#main/services/analysis/waveform.ts';

const RATE = 16_000;

/** Reproducible noise in [-0.5, 0.5]. */
function noise(seed: number, length: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648 - 0.5;
  });
}
const silence = (length: number): Float32Array => new Float32Array(length);

// eslint-disable-next-line @typescript-eslint/require-await -- what is tested takes an async iterable
async function* chunks(...parts: Float32Array[][]): AsyncGenerator<AudioChunk> {
  let startSample = 0;
  for (const channels of parts) {
    yield { startSample, channels };
    startSample += channels[0]!.length;
  }
}

describe('two channels', () => {
  it('are speakers when they take turns', async () => {
    const a = noise(1, RATE);
    const b = noise(2, RATE);
    expect(await channelsAreSpeakers(chunks([a, silence(RATE)], [silence(RATE), b]))).toBe(true);
  });

  it('are one sound when they are alike', async () => {
    const a = noise(1, RATE);
    expect(await channelsAreSpeakers(chunks([a, a.map((x) => 0.8 * x)]))).toBe(false);
  });

  it('are one sound when one of them is empty', async () => {
    expect(await channelsAreSpeakers(chunks([noise(1, RATE), silence(RATE)]))).toBe(false);
  });

  it('are one sound when there is none', async () => {
    expect(await channelsAreSpeakers(chunks([silence(RATE), silence(RATE)]))).toBe(false);
  });
});

it('mixes down to the mean of the channels', () => {
  expect([...mixDown([Float32Array.of(1, 0), Float32Array.of(0, 0.5)])]).toEqual([0.5, 0.25]);
  expect(mixDown([]).length).toBe(0);
  expect([...mixDown([silence(3), silence(3)])]).toEqual([0, 0, 0]);
  const [a, b] = [noise(1, RATE), noise(2, RATE)];
  expect(mixDown([a, b])[7]).toBeCloseTo((a[7]! + b[7]!) / 2, 6);
});

it('does not mix a voice with its mirror image into silence', () => {
  const voice = noise(1, RATE);
  const mirrored = voice.map((x) => -0.9 * x);
  expect(mixDown([mirrored, voice])).toBe(voice);
});

it('draws a waveform as peaks of 50 ms, the rest of a step included', () => {
  const builder = new WaveformBuilder();
  const loud = new Float32Array(800);
  loud[3] = 1.5;
  loud[4] = -0.5;
  builder.push({ startSample: 0, channels: [loud] });
  builder.push({ startSample: 800, channels: [Float32Array.of(0.25)] });
  expect(builder.finish()).toEqual({ stepMs: 50, channels: [{ min: [-63, 0], max: [127, 32] }] });
});
