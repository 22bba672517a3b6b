/** Audio of one channel in, speech segments out. */
import { SpeechSegmenter, type SegmenterSettings, type SpeechSegment } from './segmenter.ts';
import type { Run } from '../tensor.ts';
import { VoiceActivity, type VoiceFrame } from './voice-activity.ts';

/** Voice activity and segmentation of one 16 kHz mono stream. Calls must not overlap. */
export class SpeechStream {
  private readonly activity: VoiceActivity;
  private readonly segmenter: SpeechSegmenter;

  /** `run` runs a silero session (see VoiceActivity for its inputs and outputs). */
  constructor(run: Run, settings: Partial<SegmenterSettings> = {}) {
    this.activity = new VoiceActivity(run);
    this.segmenter = new SpeechSegmenter(settings);
  }

  /** Takes the next samples, any number of them; returns the segments that ended in them. */
  async push(samples: Float32Array): Promise<SpeechSegment[]> {
    return this.segment(await this.activity.push(samples));
  }

  /** Ends the stream; returns what was still open. */
  async close(): Promise<SpeechSegment[]> {
    const segments = this.segment(await this.activity.close());
    const last = this.segmenter.close();
    return last === null ? segments : [...segments, last];
  }

  private segment(frames: VoiceFrame[]): SpeechSegment[] {
    return frames.map((frame) => this.segmenter.push(frame)).filter((segment) => segment !== null);
  }
}
