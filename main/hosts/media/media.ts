/** Reading recordings with ffmpeg and ffprobe, as the analysis sees it. */
import type { MediaInfo } from '#contract/media/media-info.ts';
import type { RgbFrame } from '../inference/tasks.ts';

/** A file on disk, or an encrypted recording behind a loopback address that serves decrypted ranges. */
export type MediaInput = { kind: 'file'; path: string } | { kind: 'stored'; url: string };

export interface AudioChunk {
  /** Index of the first sample since the start of the recording. */
  startSample: number;
  /** 16 kHz; one array a channel: two for a two-channel recording, else one (a down-mix of more). */
  channels: Float32Array[];
}

export interface MediaTools {
  /** Refuses what is no recording with a code; never follows a playlist. */
  probe(input: MediaInput, options?: { signal?: AbortSignal }): Promise<MediaInfo>;
  /** From `fromMs` (default 0) on. Bounded memory: the reader is only asked for more when the consumer asks. `onDamage` is told when the stream ended in damage. */
  audio(
    input: MediaInput,
    info: MediaInfo,
    options?: { fromMs?: number; signal?: AbortSignal; chunkMs?: number; onDamage?: () => void },
  ): AsyncIterable<AudioChunk>;
  /** Frames as displayed (rotated), scaled to fit `maxWidth` x `maxHeight`, `framesPerSecond` of them a second from `fromMs` (default 0) on. */
  frames(
    input: MediaInput,
    info: MediaInfo,
    options: {
      framesPerSecond: number;
      fromMs?: number;
      maxWidth: number;
      maxHeight: number;
      signal?: AbortSignal;
      onDamage?: () => void;
    },
  ): AsyncIterable<RgbFrame>;
  /** A single picture file. */
  picture(input: MediaInput, options?: { maxWidth?: number; signal?: AbortSignal }): Promise<RgbFrame>;
}
