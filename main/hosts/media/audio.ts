/** Sound of a recording as 16 kHz samples on the recording's own time line. */
import type { MediaInfo } from '#contract/media/media-info.ts';
import { SAMPLE_RATE_HZ, toSample } from '#models/sound-rate.ts';
import { decode, type DecodeOptions } from './decode.ts';
import { Deinterleaver } from './deinterleave.ts';
import type { AudioChunk, MediaInput } from './media.ts';

const CHUNK_MS = 1000;
/** How far sound may reach past the stated length before the rest is left out: a header may be a little off, a forged time stamp is far off. */
const SLACK_MS = 2000;

/**
 * Chunks of about `chunkMs` (the last one shorter). Two channels stay two; more are mixed down to one. Silence fills a late start and
 * gaps, so that a sample's place is its time. Nothing without sound.
 */
export async function* readAudio(
  ffmpeg: string,
  input: MediaInput,
  info: MediaInfo,
  options: DecodeOptions & { chunkMs?: number } = {},
): AsyncGenerator<AudioChunk> {
  if (info.audio === null) return;
  const channels = info.audio.channels === 2 ? 2 : 1;
  const chunkSamples = Math.max(1, toSample(options.chunkMs ?? CHUNK_MS));
  const fromMs = options.fromMs ?? 0;
  let left = toSample(info.durationMs + SLACK_MS - fromMs);
  let startSample = toSample(fromMs);
  const pending = new SamplePile(channels);
  const parts = new Deinterleaver(channels);
  const bytes = decode(
    ffmpeg,
    input,
    info,
    [
      ...['-map', `0:${info.audio.index}`, '-vn', '-sn', '-dn'],
      ...['-af', `aresample=${SAMPLE_RATE_HZ}:async=1:first_pts=0`, '-ac', String(channels)],
      ...['-ar', String(SAMPLE_RATE_HZ), '-f', 'f32le', 'pipe:1'],
    ],
    options,
  );
  for await (const chunk of bytes) {
    pending.push(parts.push(chunk).map((samples) => samples.subarray(0, left)));
    while (pending.length >= Math.min(chunkSamples, left) && pending.length > 0) {
      const taken = pending.take(Math.min(chunkSamples, left));
      yield { startSample, channels: taken };
      startSample += taken[0]?.length ?? 0;
      left -= taken[0]?.length ?? 0;
    }
    if (left <= 0) return;
  }
  if (pending.length > 0) yield { startSample, channels: pending.take(pending.length) };
}

/** Samples waiting to fill a chunk. */
class SamplePile {
  length = 0;
  private parts: Float32Array[][];

  constructor(channels: number) {
    this.parts = Array.from({ length: channels }, () => []);
  }

  push(samples: readonly Float32Array[]): void {
    this.parts.forEach((parts, channel) => parts.push(samples[channel]!));
    this.length += samples[0]?.length ?? 0;
  }

  take(count: number): Float32Array[] {
    this.length -= count;
    const taken = this.parts.map((parts) => {
      const whole = new Float32Array(count + this.length);
      let offset = 0;
      for (const part of parts) {
        whole.set(part, offset);
        offset += part.length;
      }
      return whole;
    });
    this.parts = taken.map((whole) => (this.length > 0 ? [whole.slice(count)] : []));
    return taken.map((whole) => whole.slice(0, count));
  }
}
