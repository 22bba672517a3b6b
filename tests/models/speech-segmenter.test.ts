import { describe, expect, test } from 'vitest';
import { SpeechSegmenter, type SegmenterSettings, type SpeechSegment } from '#models/speech/segmenter.ts';
import { FRAME_SAMPLES } from '#models/speech/voice-activity.ts';

/** Each digit is a frame with that probability in tenths; sample k of the stream has the value k. */
function segment(digits: string, settings: Partial<SegmenterSettings> = {}): SpeechSegment[] {
  const segmenter = new SpeechSegmenter(settings);
  const segments = Array.from(digits, (digit, index) => {
    const samples = Float32Array.from({ length: FRAME_SAMPLES }, (_, i) => index * FRAME_SAMPLES + i);
    return segmenter.push({ samples, probability: Number(digit) / 10 });
  });
  return [...segments, segmenter.close()].filter((one) => one !== null);
}
const times = (segments: SpeechSegment[]): number[][] => segments.map((one) => [one.startMs, one.endMs]);
const run = (digit: string, frames: number): string => digit.repeat(frames);

describe('segmenting speech', () => {
  test('padding on both sides, times and samples of the same stretch', () => {
    const [only, ...more] = segment(run('0', 20) + run('9', 20) + run('0', 40));
    expect(more).toEqual([]);
    expect([only!.startMs, only!.endMs]).toEqual([16 * 32, 44 * 32]);
    expect(only!.samples[0]).toBe(16 * FRAME_SAMPLES);
    expect(only!.samples).toHaveLength(28 * FRAME_SAMPLES);
    expect(only!.confidence).toBeCloseTo(0.9);
  });

  test('hysteresis: a dip above the release level is speech, one below it long enough is a pause', () => {
    expect(times(segment(run('9', 10) + run('4', 30) + run('9', 10)))).toEqual([[0, 50 * 32]]);
    expect(segment(run('9', 10) + run('1', 30) + run('9', 10))).toHaveLength(2);
    expect(segment(run('4', 50))).toEqual([]);
  });

  test('clicks are dropped, short pauses are kept inside', () => {
    expect(segment(run('0', 10) + run('9', 5) + run('0', 30))).toEqual([]);
    expect(segment(run('9', 10) + run('0', 8) + run('9', 10))).toHaveLength(1);
  });

  test('a long segment ends at a shorter pause than a short one', () => {
    expect(segment(run('9', 240) + run('0', 7) + run('9', 20))).toHaveLength(2);
  });

  test('over-long speech is cut where it is least like speech, and nothing is lost', () => {
    const speech = run('9', 70) + '8787' + run('9', 6) + '1' + run('9', 119);
    const cut = segment(speech, { maxSegmentMs: 100 * 32 });
    expect(times(cut)[0]).toEqual([0, 80 * 32]);
    expect(cut.every((one) => one.endMs - one.startMs <= 100 * 32)).toBe(true);
    const joined = cut.flatMap((one) => Array.from(one.samples));
    expect(joined).toEqual(Array.from({ length: speech.length * FRAME_SAMPLES }, (_, i) => i));
  });

  test('two segments never overlap', () => {
    const segments = segment((run('9', 20) + run('0', 14)).repeat(20));
    expect(segments).toHaveLength(20);
    for (let i = 1; i < segments.length; i++)
      expect(segments[i]!.startMs).toBeGreaterThanOrEqual(segments[i - 1]!.endMs);
  });
});
