/** Speech segments from frame probabilities: hysteresis, shortest speech and silence, padding, and a longest segment. */
import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { FRAME_MS, type VoiceFrame } from './voice-activity.ts';

const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

export interface SegmenterSettings {
  /** Speech begins at this probability … */
  onset: number;
  /** … and goes on while it stays above this one. */
  release: number;
  /** Shorter bursts are dropped (coughs, clicks). */
  minSpeechMs: number;
  /** A pause this long ends a short segment; the longer it grows, the shorter a pause is enough … */
  minSilenceMs: number;
  /** … down to this one, from half of maxSegmentMs on. */
  minSilenceLongMs: number;
  /** Kept before and after the speech; not longer than minSilenceLongMs. */
  paddingMs: number;
  /** Longer speech is cut where it is least like speech, near the end. */
  maxSegmentMs: number;
}

export const DEFAULT_SEGMENTER: SegmenterSettings = {
  onset: 0.5,
  release: 0.35,
  minSpeechMs: 192,
  minSilenceMs: 448,
  minSilenceLongMs: 192,
  paddingMs: 128,
  maxSegmentMs: 15_000,
};

/** A stretch of speech. `samples` starts exactly at `startMs`; at the end of a stream it may hold up to 15 samples past `endMs`. */
export interface SpeechSegment {
  startMs: number;
  endMs: number;
  /** Mean speech probability. */
  confidence: number;
  /** Speech probability of each frame of FRAME_MS. */
  activity: Float32Array;
  /** 16 kHz mono. */
  samples: Float32Array;
}

/** Where a cut of over-long speech may fall, in parts of the longest segment. */
const CUT_FROM = 0.6;
const CUT_TO = 0.95;

/** Holds the frames of the open segment (at most maxSegmentMs) or, between segments, only the padding before the next. */
export class SpeechSegmenter {
  private readonly settings: SegmenterSettings;
  private readonly paddingFrames: number;
  private readonly maxFrames: number;
  private frames: VoiceFrame[] = [];
  /** Frame number, from the start of the stream, of frames[0]. */
  private firstFrame = 0;
  /** In frames[]: where speech began and the frame after its last; null between segments. */
  private speech: { start: number; end: number } | null = null;
  private inPause = false;

  constructor(settings: Partial<SegmenterSettings> = {}) {
    this.settings = { ...DEFAULT_SEGMENTER, ...settings };
    this.paddingFrames = Math.round(this.settings.paddingMs / FRAME_MS);
    this.maxFrames = Math.max(4, Math.floor(this.settings.maxSegmentMs / FRAME_MS));
  }

  /** Takes the next frame; returns the segment that ends with it, if one does. */
  push(frame: VoiceFrame): SpeechSegment | null {
    this.frames.push(frame);
    const { onset, release } = this.settings;
    if (this.speech === null) {
      if (frame.probability >= onset) {
        this.speech = { start: this.frames.length - 1, end: this.frames.length };
        this.inPause = false;
      } else this.forget(this.frames.length - this.paddingFrames);
      return null;
    }
    if (frame.probability >= onset) this.inPause = false;
    else if (frame.probability < release) this.inPause = true;
    if (!this.inPause) this.speech.end = this.frames.length;

    const pauseFrames = this.frames.length - this.speech.end;
    if (pauseFrames * FRAME_MS >= this.endingPauseMs())
      return this.finish(this.speech.end + this.paddingFrames, this.speech.end);
    if (this.frames.length >= this.maxFrames) return this.cut();
    return null;
  }

  /** The segment still open at the end of the stream, if there is one. */
  close(): SpeechSegment | null {
    if (this.speech === null) return null;
    return this.finish(Math.min(this.speech.end + this.paddingFrames, this.frames.length), this.speech.end);
  }

  private endingPauseMs(): number {
    const { minSilenceMs, minSilenceLongMs } = this.settings;
    const grown = Math.min(1, (2 * this.frames.length) / this.maxFrames);
    return minSilenceMs - (minSilenceMs - minSilenceLongMs) * grown;
  }

  /** Ends the segment before the least speech-like frame (weighted over three frames) of its last part; what follows stays open. */
  private cut(): SpeechSegment | null {
    const at = (i: number): number => this.frames[i]?.probability ?? 0;
    const from = Math.floor(this.maxFrames * CUT_FROM);
    const to = Math.floor(this.maxFrames * CUT_TO);
    let lowest = to;
    let lowestSum = Infinity;
    for (let i = from; i <= to; i++) {
      const sum = at(i - 1) + 2 * at(i) + at(i + 1);
      if (sum <= lowestSum) [lowest, lowestSum] = [i, sum];
    }
    const speechEnd = this.speech?.end ?? lowest;
    const wasPause = this.inPause;
    const segment = this.finish(lowest, Math.min(lowest, speechEnd));
    if (speechEnd > lowest) {
      this.speech = { start: 0, end: speechEnd - lowest };
      this.inPause = wasPause;
    }
    return segment;
  }

  /** Gives frames[.. end) as a segment when its speech is long enough, and forgets them. */
  private finish(end: number, speechEnd: number): SpeechSegment | null {
    const speechStart = this.speech?.start ?? 0;
    this.speech = null;
    const kept = this.frames.slice(0, end);
    const startMs = this.firstFrame * FRAME_MS;
    this.forget(end);
    if ((speechEnd - speechStart) * FRAME_MS < this.settings.minSpeechMs) return null;
    const spoken = kept.slice(speechStart, speechEnd);
    const confidence = spoken.reduce((sum, frame) => sum + frame.probability, 0) / spoken.length;
    const samples = joined(kept);
    const activity = Float32Array.from(kept, (frame) => frame.probability);
    const endMs = startMs + Math.floor(samples.length / SAMPLES_PER_MS);
    return { startMs, endMs, confidence, activity, samples };
  }

  private forget(count: number): void {
    if (count <= 0) return;
    this.frames.splice(0, count);
    this.firstFrame += count;
  }
}

function joined(frames: readonly VoiceFrame[]): Float32Array {
  const samples = new Float32Array(frames.reduce((length, frame) => length + frame.samples.length, 0));
  let offset = 0;
  for (const frame of frames) {
    samples.set(frame.samples, offset);
    offset += frame.samples.length;
  }
  return samples;
}
