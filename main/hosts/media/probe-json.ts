/** What ffprobe's JSON says, in our terms. Pure; fields are strings, numbers or absent, depending on format and version. */
import { z } from 'zod';
import type { AudioStream, MediaInfo, VideoStream } from '#contract/media/media-info.ts';
import { isPictureFormat, lengthIsGuessed } from './formats.ts';
import { isPlayable } from './playable.ts';

const probedStream = z.object({
  index: z.number().int().nonnegative(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  nb_frames: z.string().optional(),
  channels: z.number().optional(),
  sample_rate: z.string().optional(),
  duration: z.string().optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});
type ProbedStream = z.infer<typeof probedStream>;

const probedFile = z.object({
  format: z.object({
    format_name: z.string(),
    start_time: z.string().optional(),
    duration: z.string().optional(),
  }),
  streams: z.array(probedStream).default([]),
});

/** The length of a picture on its own: one frame of ffmpeg's 25 a second. */
export const PICTURE_MS = 40;
/** A header that claims more is checked by reading the packets. */
const BELIEVABLE_MS = 12 * 3_600_000;

export interface Probed {
  /** durationMs is 0 where the length has to be measured. */
  info: MediaInfo;
  needsMeasuring: boolean;
  /** ffmpeg puts this moment at time zero. */
  startSeconds: number;
}

/** Throws a ZodError or SyntaxError when the text is not ffprobe's. */
export function parseProbe(json: string): Probed {
  const { format, streams } = probedFile.parse(JSON.parse(json));
  const name = format.format_name;
  const video = videoOf(streams, name);
  const audio = audioOf(streams);
  const picture = isPictureFormat(name) && audio === null;
  const said = seconds(format.duration) ?? longest(streams);
  const durationMs = picture ? PICTURE_MS : Math.round((said ?? 0) * 1000);
  const needsMeasuring =
    !picture && (said === null || durationMs <= 0 || durationMs > BELIEVABLE_MS || lengthIsGuessed(name));
  const info: MediaInfo = {
    format: name,
    durationMs: needsMeasuring ? 0 : durationMs,
    durationMeasured: needsMeasuring,
    audio,
    video: video?.stream ?? null,
    playable: isPlayable({
      format: name,
      audioCodec: audio?.codec ?? null,
      videoCodec: video === null || video.stream.still ? null : video.stream.codec,
      pixelFormat: video?.pixelFormat ?? '',
      lengthInHeader: !needsMeasuring || lengthIsGuessed(name),
    }),
  };
  return { info, needsMeasuring, startSeconds: seconds(format.start_time) ?? 0 };
}

function audioOf(streams: readonly ProbedStream[]): AudioStream | null {
  const found = streams.filter(
    (s) =>
      s.codec_type === 'audio' && known(s.codec_name) && (s.channels ?? 0) > 0 && Number(s.sample_rate) > 0,
  );
  const chosen = found.find((s) => s.disposition?.['default'] === 1) ?? found[0];
  if (chosen === undefined) return null;
  return {
    index: chosen.index,
    codec: chosen.codec_name ?? '',
    channels: chosen.channels ?? 1,
    sampleRateHz: Number(chosen.sample_rate),
  };
}

function videoOf(
  streams: readonly ProbedStream[],
  format: string,
): { stream: VideoStream; pixelFormat: string } | null {
  const found = streams.filter(
    (s) => s.codec_type === 'video' && known(s.codec_name) && (s.width ?? 0) > 0 && (s.height ?? 0) > 0,
  );
  const chosen = found.find((s) => s.disposition?.['attached_pic'] !== 1) ?? found[0];
  if (chosen === undefined) return null;
  const rotationDegrees = rotationOf(chosen);
  const turned = rotationDegrees % 180 === 90;
  // Pixels that aren't square: width as displayed.
  const width = Math.max(1, Math.round((chosen.width ?? 1) * (fraction(chosen.sample_aspect_ratio) ?? 1)));
  const height = chosen.height ?? 1;
  const still =
    chosen.disposition?.['attached_pic'] === 1 || chosen.nb_frames === '1' || isPictureFormat(format);
  return {
    stream: {
      index: chosen.index,
      codec: chosen.codec_name ?? '',
      width: turned ? height : width,
      height: turned ? width : height,
      framesPerSecond: still ? null : (fraction(chosen.avg_frame_rate) ?? fraction(chosen.r_frame_rate)),
      rotationDegrees,
      still,
    },
    pixelFormat: chosen.pix_fmt ?? '',
  };
}

/** Clockwise, 0 to 359; ffprobe counts the display matrix' angle the other way round. */
function rotationOf(stream: ProbedStream): number {
  const matrix = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  const clockwise = matrix === undefined ? Number(stream.tags?.['rotate'] ?? 0) : -matrix;
  return Number.isFinite(clockwise) ? ((Math.round(clockwise) % 360) + 360) % 360 : 0;
}

const known = (codec: string | undefined): boolean =>
  codec !== undefined && codec !== 'unknown' && codec !== 'none';

function seconds(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? null : value;
}

function longest(streams: readonly ProbedStream[]): number | null {
  const known = streams.map((stream) => seconds(stream.duration)).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** "30000/1001" or "4:3"; null for "0/0", "0:1", "N/A". */
function fraction(text: string | undefined): number | null {
  const parts = text?.split(/[/:]/).map(Number) ?? [];
  const value = (parts[0] ?? 0) / (parts[1] ?? 1);
  return Number.isFinite(value) && value > 0 ? value : null;
}
