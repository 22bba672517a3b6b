/** What probing a recording tells. */
import { z } from 'zod';
import { milliseconds } from '../units.ts';

export const audioStream = z.object({
  index: z.number().int().nonnegative(),
  codec: z.string(),
  channels: z.number().int().positive(),
  sampleRateHz: z.number().positive(),
});
export type AudioStream = z.infer<typeof audioStream>;

export const videoStream = z.object({
  index: z.number().int().nonnegative(),
  codec: z.string(),
  /** As displayed, after rotation. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  framesPerSecond: z.number().positive().nullable(),
  rotationDegrees: z.number(),
  /** A cover picture or a single frame, not moving video. */
  still: z.boolean(),
});
export type VideoStream = z.infer<typeof videoStream>;

export const mediaInfo = z.object({
  /** ffprobe's format name, e.g. "mov,mp4,m4a,3gp,3g2,mj2". */
  format: z.string(),
  durationMs: milliseconds,
  /** The length came from decoding, as the file does not say it. */
  durationMeasured: z.boolean(),
  audio: audioStream.nullable(),
  video: videoStream.nullable(),
  /** Chromium plays it as it is. */
  playable: z.boolean(),
});
export type MediaInfo = z.infer<typeof mediaInfo>;
