/** Looks at a recording with ffprobe. */
import { AttuneError } from '#contract/errors.ts';
import type { MediaInfo } from '#contract/media/media-info.ts';
import { ToolRun } from './child.ts';
import { FORMAT_WHITELIST, demuxerOf } from './formats.ts';
import { inputArguments, inspect, vanished } from './input.ts';
import type { MediaInput } from './media.ts';
import { PacketTimes } from './packet-times.ts';
import { parseProbe, type Probed } from './probe-json.ts';
import { openingError } from './tool-messages.ts';

/** A cold start of the static build takes seconds on a busy machine. */
const STALL_MS = 60_000;
const MAX_JSON_BYTES = 4 << 20;

/** Errors: those of `inspect`, 'media-not-recognised', 'media-damaged', 'media-no-streams', 'media-zero-length', 'media-refers-elsewhere', 'media-tool-missing', 'timeout', 'cancelled'. */
export async function probe(ffprobe: string, input: MediaInput, signal?: AbortSignal): Promise<MediaInfo> {
  const sniffed = await inspect(input);
  const demuxer = sniffed.kind === 'picture' ? sniffed.demuxer : null;
  const run = new ToolRun(
    ffprobe,
    [
      ...['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams'],
      ...inputArguments(input, demuxer, FORMAT_WHITELIST),
    ],
    { signal, stallMs: STALL_MS },
  );
  const { text, exitCode, messages } = await run.text(MAX_JSON_BYTES);
  if (exitCode !== 0) throw (await vanished(input)) ?? openingError(messages, sniffed);
  const probed = parsed(text);
  const { info } = probed;
  if (demuxerOf(info.format) === null) throw openingError('', sniffed);
  if (info.audio === null && info.video === null)
    throw new AttuneError('media-no-streams', 'The file holds neither sound nor pictures that can be read.');
  const durationMs = probed.needsMeasuring ? await measure(ffprobe, input, info, signal) : info.durationMs;
  if (durationMs <= 0)
    throw new AttuneError('media-zero-length', 'The recording has no length: nothing was recorded.');
  return { ...info, durationMs };
}

function parsed(text: string): Probed {
  try {
    return parseProbe(text);
  } catch (cause) {
    throw new AttuneError(
      'media-tool-failed',
      'What ffprobe said about the recording cannot be understood.',
      { cause },
    );
  }
}

/** Reads every packet of the sound, or of the pictures where there is no sound. */
async function measure(
  ffprobe: string,
  input: MediaInput,
  info: MediaInfo,
  signal?: AbortSignal,
): Promise<number> {
  const stream = info.audio ?? info.video;
  const run = new ToolRun(
    ffprobe,
    [
      ...['-v', 'quiet', '-select_streams', String(stream?.index ?? 0)],
      ...['-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0'],
      ...inputArguments(input, demuxerOf(info.format), FORMAT_WHITELIST),
    ],
    { signal, stallMs: STALL_MS },
  );
  const times = new PacketTimes();
  for await (const chunk of run.output()) times.push(chunk);
  return Math.round(times.close() * 1000);
}
