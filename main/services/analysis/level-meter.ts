/** Level of a channel in dB, one number a frame of voice activity. */
import { FRAME_SAMPLES } from '#models/speech/voice-activity.ts';

export class LevelMeter {
  private readonly levels: number[] = [];
  private energy = 0;
  private filled = 0;

  push(samples: Float32Array): void {
    for (const sample of samples) {
      this.energy += sample * sample;
      if (++this.filled === FRAME_SAMPLES) this.flush();
    }
  }

  finish(): Float32Array {
    if (this.filled > 0) this.flush();
    return Float32Array.from(this.levels);
  }

  private flush(): void {
    this.levels.push(10 * Math.log10(this.energy / this.filled + 1e-10));
    this.energy = this.filled = 0;
  }
}
