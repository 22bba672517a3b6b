/** Speech probabilities of a stream with silero VAD v6 over many frames at once (https://github.com/snakers4/silero-vad, MIT). */
import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { floatOutput, floats, outputOf, type Tensor, type Run } from '../tensor.ts';

/** One probability stands for this many samples: 32 ms. */
export const FRAME_SAMPLES = 512;
export const FRAME_MS = (FRAME_SAMPLES * 1000) / SAMPLE_RATE_HZ;
/** The model also sees the end of the frame before. */
const CONTEXT_SAMPLES = 64;
export const WINDOW_SAMPLES = CONTEXT_SAMPLES + FRAME_SAMPLES;
/** Four seconds: a run has a price of its own, and what is heard at once takes memory. */
const MOST_FRAMES = 125;
const STATE_SIZE = 128;

/** The recurrent layer's two states, at the start of a stream. */
export const silentState = (): { h: Tensor; c: Tensor } => ({
  h: floats(new Float32Array(STATE_SIZE), [1, 1, STATE_SIZE]),
  c: floats(new Float32Array(STATE_SIZE), [1, 1, STATE_SIZE]),
});

/** A frame of the stream and how likely it holds speech. */
export interface VoiceFrame {
  /** FRAME_SAMPLES long, except the last one of a stream. */
  samples: Float32Array;
  probability: number;
}

/**
 * Cuts a 16 kHz mono stream into frames and gives each its speech probability, carrying the model's state.
 * Session inputs: `input` float32 [frames, 576], `h` and `c` float32 [1, 1, 128]. Outputs: `speech_probs` [frames], `hn` and `cn` like `h`.
 * Calls must not overlap.
 */
export class VoiceActivity {
  private readonly run: Run;
  private state = silentState();
  /** The end of what was heard. */
  private context = new Float32Array(CONTEXT_SAMPLES);
  private rest = new Float32Array(0);

  constructor(run: Run) {
    this.run = run;
  }

  /** Takes the next samples (any number); returns the frames that they complete. */
  async push(samples: Float32Array): Promise<VoiceFrame[]> {
    const known = new Float32Array(this.rest.length + samples.length);
    known.set(this.rest);
    known.set(samples, this.rest.length);
    const frames: Float32Array[] = [];
    let at = 0;
    for (; at + FRAME_SAMPLES <= known.length; at += FRAME_SAMPLES)
      frames.push(known.slice(at, at + FRAME_SAMPLES));
    this.rest = known.slice(at);
    const heard: VoiceFrame[] = [];
    for (let i = 0; i < frames.length; i += MOST_FRAMES)
      heard.push(...(await this.hear(frames.slice(i, i + MOST_FRAMES))));
    return heard;
  }

  /** The last, shorter frame, filled up with silence for the model; empty when the stream ended on a whole one. */
  async close(): Promise<VoiceFrame[]> {
    const { rest } = this;
    this.rest = new Float32Array(0);
    return rest.length === 0 ? [] : this.hear([rest]);
  }

  private async hear(frames: readonly Float32Array[]): Promise<VoiceFrame[]> {
    const input = new Float32Array(frames.length * WINDOW_SAMPLES);
    for (const [i, samples] of frames.entries()) {
      input.set(this.context, i * WINDOW_SAMPLES);
      input.set(samples, i * WINDOW_SAMPLES + CONTEXT_SAMPLES);
      this.context = samples.slice(-CONTEXT_SAMPLES);
    }
    const outputs = await this.run({
      input: floats(input, [frames.length, WINDOW_SAMPLES]),
      ...this.state,
    });
    this.state = { h: outputOf(outputs, 'hn'), c: outputOf(outputs, 'cn') };
    const probabilities = floatOutput(outputs, 'speech_probs');
    return frames.map((samples, i) => ({ samples, probability: probabilities[i] ?? 0 }));
  }
}
