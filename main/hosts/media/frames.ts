/** Pictures of a recording at a steady rate. */
import type { MediaInfo, VideoStream } from '#contract/media/media-info.ts';
import type { RgbFrame } from '../inference/tasks.ts';
import { decode, type DecodeOptions } from './decode.ts';
import type { MediaInput } from './media.ts';

export interface FrameOptions extends DecodeOptions {
  framesPerSecond: number;
  maxWidth: number;
  maxHeight: number;
}

/** Never enlarged; at least one pixel a side. */
export function fitted(
  video: Pick<VideoStream, 'width' | 'height'>,
  maxWidth: number,
  maxHeight: number,
): [number, number] {
  const scale = Math.min(1, maxWidth / video.width, maxHeight / video.height);
  return [Math.max(1, Math.round(video.width * scale)), Math.max(1, Math.round(video.height * scale))];
}

/** Frame i stands for the moment fromMs + i / framesPerSecond; a still gives one. The frame before stands in where the camera gave none. */
export async function* readFrames(
  ffmpeg: string,
  input: MediaInput,
  info: MediaInfo,
  options: FrameOptions,
): AsyncGenerator<RgbFrame> {
  if (info.video === null) return;
  const [width, height] = fitted(info.video, options.maxWidth, options.maxHeight);
  const rate = options.framesPerSecond;
  const pace = info.video.still ? [] : [`fps=fps=${rate}:start_time=0`];
  // A still has one moment only.
  const fromMs = info.video.still ? 0 : (options.fromMs ?? 0);
  const leftMs = Math.max(0, info.durationMs - fromMs);
  const count = info.video.still ? 1 : Math.max(1, Math.ceil((leftMs / 1000) * rate) + 1);
  const bytes = decode(
    ffmpeg,
    input,
    info,
    [
      ...['-map', `0:${info.video.index}`, '-an', '-sn', '-dn'],
      ...['-vf', [...pace, `scale=${width}:${height}`, 'setsar=1'].join(','), '-frames:v', String(count)],
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    ],
    { ...options, fromMs },
  );
  let index = 0;
  for await (const rgb of inPieces(bytes, width * height * 3)) {
    yield { timeMs: Math.round(fromMs + (index * 1000) / rate), width, height, rgb };
    index++;
  }
}

/** Regroups bytes into pieces of exactly `size`; an incomplete last one is dropped. */
export async function* inPieces(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let offset = 0; offset < chunk.length;) {
      const part = chunk.subarray(offset, offset + size - filled);
      piece.set(part, filled);
      filled += part.length;
      offset += part.length;
      if (filled < size) break;
      yield piece;
      piece = new Uint8Array(size);
      filled = 0;
    }
  }
}
