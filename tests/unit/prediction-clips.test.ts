/** Long clips: read in windows, said as one. */
import { expect, describe, it } from 'vitest';
import type { Reading } from '#contract/emotion/evidence.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks, VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import type { MediaTools } from '#main/hosts/media/media.ts';
import { averageReading } from '#main/services/average-reading.ts';
import { embedClip } from '#main/services/prediction/clip.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';

/** Lengths in seconds of the windows that a clip is read in. */
async function windowsOf(seconds: number): Promise<number[]> {
  const media = {
    probe: () => Promise.resolve({ audio: {} }),
    async *audio() {
      for (let left = seconds; left > 1e-9; left -= 2)
        yield await Promise.resolve({
          startSample: 0,
          channels: [new Float32Array(Math.round(Math.min(2, left) * SAMPLE_RATE_HZ))],
        });
    },
  } as unknown as MediaTools;
  const inference = {
    call: (_: string, { samples }: { samples: Float32Array }) =>
      Promise.resolve({ seconds: samples.length / SAMPLE_RATE_HZ } as VoiceEmbedding),
  } as unknown as HostClient<InferenceTasks>;
  const windows = await embedClip('x.wav', media, inference, new AbortController().signal);
  return windows.map((window) => Math.round(100 * window.seconds) / 100);
}

it.each([
  [1.5, [1.5]],
  [30, [30]],
  [30.1, [30.1]],
  [32.9, [32.9]],
  [34, [30, 4]],
  [61, [30, 31]],
  [95.5, [30, 30, 30, 5.5]],
  [0, [0]],
])('a clip of %d s is read in windows of %j, none of them a mere tail', async (seconds, windows) => {
  expect(await windowsOf(seconds)).toEqual(windows);
});

describe('the mean of windows', () => {
  const reading = (over: Partial<Reading>): Reading => ({
    ...{ probabilities: [1, 0, 0, 0, 0, 0, 0], fine: { calm: 0.9 }, labels: ['calm'] },
    ...{ dimensions: {}, quality: 1, reasons: [], ...over },
  });
  const good = { reading: reading({}), seconds: 30 };
  const other = reading({
    ...{ probabilities: [0, 1, 0, 0, 0, 0, 0], fine: { calm: 0 }, labels: [] },
    ...{ quality: 0.5, reasons: ['noisy'] },
  });

  it('counts each for its time: a short bad one changes little, and explains nothing', () => {
    const { quality, reasons, probabilities, labels } = averageReading(
      [good, { reading: other, seconds: 3 }],
      () => 0.5,
    );
    expect(quality).toBeCloseTo((30 + 1.5) / 33, 9);
    expect(reasons).toEqual([]);
    expect(probabilities[1]).toBeCloseTo(1.5 / 31.5, 9);
    expect(labels).toEqual(['calm']);
  });

  it('says why it is bad where that lasts, and gives no label that one window alone had', () => {
    const { quality, reasons, labels } = averageReading([good, { reading: other, seconds: 120 }], () => 0.5);
    expect(quality).toBeCloseTo((30 + 60) / 150, 9);
    expect(reasons).toEqual(['noisy']);
    expect(labels).toEqual([]);
  });
});
