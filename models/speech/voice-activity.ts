/** Speech probabilities of a stream with silero VAD v5 or v6 (https://github.com/snakers4/silero-vad, MIT). */
import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { floatOutput, floats, integers, type PlainTensor, type Run } from './session-run.ts';

/** One probability stands for this many samples: 32 ms. */
export const FRAME_SAMPLES = 512;
export const FRAME_MS = (FRAME_SAMPLES * 1000) / SAMPLE_RATE_HZ;
/** The model also sees the end of the frame before. */
const CONTEXT_SAMPLES = 64;
const STATE_DIMS = [2, 1, 128] as const;

/** A frame of the stream and how likely it holds speech. */
export interface VoiceFrame {
  /** FRAME_SAMPLES long, except the last one of a stream. */
  samples: Float32Array;
  probability: number;
}

/**
 * Cuts a 16 kHz mono stream into frames and gives each its speech probability, carrying the model's state.
 * Session inputs: `input` float32 [1, 576], `state` float32 [2, 1, 128], `sr` int64 []. Outputs: `output` [1, 1], `stateN` [2, 1, 128].
 * Calls must not overlap.
 */
export class VoiceActivity {
  private readonly run: Run;
  private state: PlainTensor = floats(new Float32Array(256), STATE_DIMS);
  private readonly window = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES);
  private rest = new Float32Array(0);

  constructor(run: Run) {
    this.run = run;
  }

  /** Takes the next samples (any number); returns the frames that they complete. */
  async push(samples: Float32Array): Promise<VoiceFrame[]> {
    const frames: VoiceFrame[] = [];
    let position = 0;
    if (this.rest.length > 0) {
      const filled = Math.min(FRAME_SAMPLES - this.rest.length, samples.length);
      const joined = new Float32Array(this.rest.length + filled);
      joined.set(this.rest);
      joined.set(samples.subarray(0, filled), this.rest.length);
      this.rest = joined;
      position = filled;
      if (joined.length < FRAME_SAMPLES) return frames;
      frames.push(await this.frame(joined));
    }
    for (; position + FRAME_SAMPLES <= samples.length; position += FRAME_SAMPLES)
      frames.push(await this.frame(samples.slice(position, position + FRAME_SAMPLES)));
    this.rest = samples.slice(position);
    return frames;
  }

  /** The last, shorter frame, filled up with silence for the model; empty when the stream ended on a whole one. */
  async close(): Promise<VoiceFrame[]> {
    const { rest } = this;
    this.rest = new Float32Array(0);
    return rest.length === 0 ? [] : [await this.frame(rest)];
  }

  private async frame(samples: Float32Array): Promise<VoiceFrame> {
    this.window.copyWithin(0, FRAME_SAMPLES);
    this.window.fill(0, CONTEXT_SAMPLES + samples.length);
    this.window.set(samples, CONTEXT_SAMPLES);
    const outputs = await this.run({
      input: floats(this.window, [1, this.window.length]),
      state: this.state,
      sr: integers([SAMPLE_RATE_HZ], []),
    });
    this.state = floats(floatOutput(outputs, 'stateN'), STATE_DIMS);
    return { samples, probability: floatOutput(outputs, 'output')[0] ?? 0 };
  }
}
