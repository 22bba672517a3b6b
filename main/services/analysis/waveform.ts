/** Peaks of each channel on a fixed grid, built while the audio streams by. */
import type { Waveform } from '#contract/analysis/result.ts';
import type { AudioChunk } from '#main/hosts/media/media.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';

const STEP_MS = 50;
const SAMPLES_PER_STEP = (SAMPLE_RATE_HZ * STEP_MS) / 1000;

const toPeak = (value: number): number => Math.round(Math.max(-1, Math.min(1, value)) * 127);

class ChannelPeaks {
  readonly min: number[] = [];
  readonly max: number[] = [];
  private low = 0;
  private high = 0;
  private filled = 0;

  push(samples: Float32Array): void {
    for (const sample of samples) {
      if (sample < this.low) this.low = sample;
      if (sample > this.high) this.high = sample;
      if (++this.filled === SAMPLES_PER_STEP) this.flush();
    }
  }

  flush(): void {
    if (this.filled === 0) return;
    this.min.push(toPeak(this.low));
    this.max.push(toPeak(this.high));
    this.low = this.high = this.filled = 0;
  }
}

export class WaveformBuilder {
  private readonly channels: ChannelPeaks[] = [];

  push(chunk: AudioChunk): void {
    chunk.channels.forEach((samples, i) => (this.channels[i] ??= new ChannelPeaks()).push(samples));
  }

  finish(): Waveform {
    for (const channel of this.channels) channel.flush();
    return { stepMs: STEP_MS, channels: this.channels.map(({ min, max }) => ({ min, max })) };
  }
}
