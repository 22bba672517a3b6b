/** How a sound is taken apart and put together again for the questions asked about it. */
import { describe, expect, it } from 'vitest';
import { BANDS, splitBands } from '#models/explanation/voice/bands.ts';
import { changed } from '#models/explanation/voice/change.ts';
import { explainVoice, type AskVoice } from '#models/explanation/voice/explain.ts';
import { pausesOf } from '#models/explanation/voice/pauses.ts';

const RATE = 16_000;
const tone = (hz: number, seconds: number, level = 0.2): Float32Array =>
  Float32Array.from(
    { length: Math.round(seconds * RATE) },
    (_, i) => level * Math.sin((2 * Math.PI * hz * i) / RATE),
  );
const sum = (...parts: Float32Array[]): Float32Array =>
  parts[0]!.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
const joined = (...parts: Float32Array[]): Float32Array =>
  Float32Array.from(parts.flatMap((part) => [...part]));
const rms = (x: Float32Array): number => Math.sqrt(x.reduce((total, v) => total + v * v, 0) / x.length);

describe('bands', () => {
  const low = tone(200, 1);
  const high = tone(2500, 1);
  const bands = splitBands(sum(low, high));

  it('add up to the sound', () => {
    const error = sum(...bands).map((value, i) => value - low[i]! - high[i]!);
    expect(rms(error)).toBeLessThan(1e-6);
  });

  it('hold the tones that lie in them, and little else', () => {
    const levels = bands.map((band) => rms(band.subarray(1000, 15_000)) / rms(low));
    expect(levels[0]).toBeGreaterThan(0.95);
    expect(levels[1]).toBeLessThan(0.05);
    expect(levels[2]).toBeGreaterThan(0.95);
    expect(levels[3]).toBeLessThan(0.05);
  });
});

describe('a quietened patch', () => {
  it('is quiet in its stretch and band, and nowhere else', () => {
    const low = tone(200, 1);
    const whole = sum(low, tone(2500, 1));
    const patch = { start: RATE / 2, end: RATE, bands: [2] };
    const quiet = changed(whole, () => splitBands(whole), { kind: 'quieten', patches: [patch] });
    expect(quiet.subarray(0, RATE / 2)).toEqual(whole.subarray(0, RATE / 2));
    const inside = quiet.subarray(RATE / 2 + 400, RATE - 400);
    const left = inside.map((value, i) => value - low[RATE / 2 + 400 + i]!);
    expect(rms(left) / rms(low)).toBeLessThan(0.1);
  });
});

describe('pauses', () => {
  const talk = joined(tone(200, 0.6), new Float32Array(0.5 * RATE), tone(200, 0.6));

  it('are found between words, not around them', () => {
    expect(pausesOf(joined(new Float32Array(RATE), talk, new Float32Array(RATE)))).toHaveLength(1);
    expect(pausesOf(tone(200, 1))).toEqual([]);
    expect(pausesOf(new Float32Array(0))).toEqual([]);
  });

  it('are cut out and the rest joined without a click', () => {
    const [pause] = pausesOf(talk);
    const short = changed(talk, () => [], { kind: 'cut', spans: [pause!] });
    expect(short.length).toBe(talk.length - (pause!.end - pause!.start));
    const steepest = (x: Float32Array): number =>
      x.reduce((most, v, i) => Math.max(most, Math.abs(v - (x[i - 1] ?? v))), 0);
    expect(steepest(short)).toBeLessThanOrEqual(steepest(talk) + 1e-6);
  });
});

/** A model that hears anger in how loud the highest band of a stretch is. */
const loudHigh: AskVoice = (samples, changes) =>
  Promise.resolve(
    changes.map((change) => {
      const sound = changed(samples, () => splitBands(samples), change);
      const anger = 1 / (1 + Math.exp(2 - 40 * rms(splitBands(sound)[3]!)));
      return [1 - anger, 0, 0, anger, 0, 0, 0];
    }),
  );

describe('the explanation of a voice', () => {
  const loud = sum(tone(200, 0.6), tone(5000, 0.6, 0.3));
  const speech = joined(tone(200, 0.6), tone(200, 0.6), loud, tone(200, 0.6));

  it('finds the stretch and the band that a model listens to, at its time in the recording', async () => {
    const found = await explainVoice(speech, 12_000, [0.1, 0, 0, 0.9, 0, 0, 0], loudHigh);
    const strongest = [...found.cells].sort((a, b) => b.effect[3]! - a.effect[3]!)[0]!;
    const { span } = found.columns[strongest.column]!;
    expect(strongest.band).toBe(BANDS.length - 1);
    expect(span.startMs).toBeGreaterThan(12_900);
    expect(span.endMs).toBeLessThan(14_100);
    expect(found.wholeUtterance).toBe(true);
  });

  it('of a long utterance is about the piece that sounds most like its reading, in a bounded number of runs', async () => {
    const long = joined(
      ...Array.from({ length: 6 }, () => joined(tone(200, 0.6), tone(200, 0.6), tone(200, 0.6))),
      speech,
    );
    let seconds = 0;
    const counted: AskVoice = (samples, changes) => {
      seconds += (samples.length / RATE) * changes.length;
      return loudHigh(samples, changes);
    };
    const found = await explainVoice(long, 0, [0.1, 0, 0, 0.9, 0, 0, 0], counted);
    expect(found.wholeUtterance).toBe(false);
    expect(found.span.endMs).toBeGreaterThan(12_000);
    expect(found.span.endMs - found.span.startMs).toBeLessThanOrEqual(3600);
    expect(seconds).toBeLessThan(90);
  });
});
