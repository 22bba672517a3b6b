import { describe, expect, it } from 'vitest';
import { SpanCutter } from '#main/services/analysis/span-cutter.ts';

const RATE = 16;
/** A ramp: each sample says where it was. */
const audio = (from: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => from + i);

function cutAll(spans: { startMs: number; endMs: number }[], total: number, chunk: number, maxMs = 30_000) {
  const cutter = new SpanCutter(spans, maxMs);
  const cuts = [];
  for (let at = 0; at < total; at += chunk)
    cuts.push(...cutter.push(at, audio(at, Math.min(chunk, total - at))));
  return [...cuts, ...cutter.finish()];
}

describe('cutting utterances out of streaming audio', () => {
  it.each([1, 7, 160, 1000])('gives each span its own samples, in chunks of %i', (chunk) => {
    const cuts = cutAll(
      [
        { startMs: 10, endMs: 20 },
        { startMs: 15, endMs: 40 },
      ],
      1000,
      chunk,
    );
    expect(cuts.map(({ index, samples }) => [index, samples[0], samples.length])).toEqual([
      [0, 10 * RATE, 10 * RATE],
      [1, 15 * RATE, 25 * RATE],
    ]);
    expect(cuts[1]!.samples.at(-1)).toBe(40 * RATE - 1);
  });

  it('keeps the order of the spans given as their index, whatever their times', () => {
    const cuts = cutAll(
      [
        { startMs: 30, endMs: 40 },
        { startMs: 0, endMs: 10 },
      ],
      1000,
      100,
    );
    expect(cuts.map((c) => c.index)).toEqual([1, 0]);
  });

  it('gives what there is of a span that the recording cuts short, and nothing of one after its end', () => {
    const cuts = cutAll(
      [
        { startMs: 50, endMs: 100 },
        { startMs: 900, endMs: 950 },
      ],
      1000,
      64,
    );
    expect(cuts).toHaveLength(1);
    expect(cuts[0]!.samples.length).toBe(1000 - 50 * RATE);
  });

  it('shortens an over-long span', () => {
    expect(cutAll([{ startMs: 0, endMs: 60 }], 2000, 100, 20)[0]!.samples.length).toBe(20 * RATE);
  });
});
