/** A copy of a recording that Chromium can play and jump in. */
import { createReadStream } from 'node:fs';
import { access, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { MediaInfo } from '#contract/media/media-info.ts';
import { ToolRun } from './child.ts';
import { demuxerOf, FORMAT_WHITELIST } from './formats.ts';
import { inputArguments, vanished } from './input.ts';
import type { MediaInput } from './media.ts';

/** Re-encoding writes nothing to its output for long stretches; progress lines keep coming. */
const STALL_MS = 120_000;
const MEMORY_FOLDER = '/dev/shm';
/** An upper bound of what the proxy takes for each second. */
const VIDEO_BYTES_PER_SECOND = 500_000;
const AUDIO_BYTES_PER_SECOND = 40_000;

const COPYABLE_VIDEO = ['h264'];
const COPYABLE_AUDIO = ['aac', 'mp3'];

export interface ProxyOptions {
  signal?: AbortSignal;
  /** 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/** MP4 (H.264 up to 1280 x 720, AAC), index first. Sound and pictures that are fine as they are get copied. */
export const PROXY_TYPE = { extension: 'mp4', mediaType: 'video/mp4' } as const;

/**
 * The proxy's bytes. An MP4 with its index first has to be written to a file before it can be read: that file lies in memory where the
 * system has such a folder and it has room, otherwise in a private temporary folder, and is removed whatever happens.
 */
export async function* readProxy(
  ffmpeg: string,
  input: MediaInput,
  info: MediaInfo,
  options: ProxyOptions = {},
): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(await roomyFolder(info), 'attune-proxy-'));
  try {
    const path = join(folder, 'proxy.mp4');
    await write(ffmpeg, input, info, path, options);
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) yield chunk as Uint8Array;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(
  ffmpeg: string,
  input: MediaInput,
  info: MediaInfo,
  path: string,
  options: ProxyOptions,
): Promise<void> {
  const run = new ToolRun(
    ffmpeg,
    [
      ...['-nostdin', '-hide_banner', '-v', 'error', '-progress', 'pipe:1'],
      ...inputArguments(input, demuxerOf(info.format), FORMAT_WHITELIST),
      ...videoArguments(info),
      ...audioArguments(info),
      ...['-sn', '-dn', '-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4', path],
    ],
    { signal: options.signal, stallMs: STALL_MS },
  );
  const output = run.output();
  for (;;) {
    const next = await output.next();
    if (next.done) {
      if (next.value.exitCode === 0) return;
      throw (await vanished(input)) ?? proxyError(next.value.messages);
    }
    const at = /out_time_ms=(\d+)/.exec(Buffer.from(next.value).toString('latin1'))?.[1];
    // Microseconds, whatever the name says.
    if (at !== undefined) options.onProgress?.(Math.min(1, Number(at) / 1000 / info.durationMs));
  }
}

function videoArguments(info: MediaInfo): string[] {
  const { video } = info;
  if (video === null || (video.still && info.audio !== null)) return ['-vn'];
  const map = ['-map', `0:${video.index}`];
  if (COPYABLE_VIDEO.includes(video.codec) && info.durationMeasured) return [...map, '-c:v', 'copy'];
  const fit =
    "scale='min(iw,1280)':'min(ih,1280)':force_original_aspect_ratio=decrease,scale=trunc(iw/2)*2:trunc(ih/2)*2";
  return [
    ...map,
    '-vf',
    fit,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-crf',
    '26',
    '-pix_fmt',
    'yuv420p',
    '-g',
    '60',
  ];
}

function audioArguments(info: MediaInfo): string[] {
  const { audio } = info;
  if (audio === null) return ['-an'];
  const map = ['-map', `0:${audio.index}`];
  if (COPYABLE_AUDIO.includes(audio.codec)) return [...map, '-c:a', 'copy'];
  const channels = audio.channels > 2 ? ['-ac', '2'] : [];
  // Time stamps as in the recording: a late start and gaps are silence.
  return [...map, ...channels, '-af', 'aresample=48000:async=1:first_pts=0', '-c:a', 'aac', '-b:a', '128k'];
}

async function roomyFolder(info: MediaInfo): Promise<string> {
  const perSecond = info.video === null ? AUDIO_BYTES_PER_SECOND : VIDEO_BYTES_PER_SECOND;
  try {
    await access(MEMORY_FOLDER);
    const { bavail, bsize } = await statfs(MEMORY_FOLDER);
    if (bavail * bsize > 2 * perSecond * (info.durationMs / 1000)) return MEMORY_FOLDER;
  } catch {
    // No such folder on this system.
  }
  return tmpdir();
}

function proxyError(messages: string): AttuneError {
  if (/no space left/i.test(messages))
    return new AttuneError('disk-full', 'There is no room to prepare the recording for playing.', {
      kept: 'The recording itself is unchanged.',
    });
  return new AttuneError(
    'media-tool-failed',
    'The recording could not be made playable; it can still be analysed.',
  );
}
