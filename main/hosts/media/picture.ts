/** One picture file, upright, as RGB. */
import { open } from 'node:fs/promises';
import { AttuneError } from '#contract/errors.ts';
import type { RgbFrame } from '../inference/tasks.ts';
import { ToolRun } from './child.ts';
import { FORMAT_WHITELIST } from './formats.ts';
import { inputArguments, inspect, readHead, vanished } from './input.ts';
import type { MediaInput } from './media.ts';
import { chunkOrientation, hasChunks, jpegOrientation, UPRIGHT_FILTERS } from './orientation.ts';

const STALL_MS = 60_000;
const LONGEST_SIDE = 1920;
/** Larger pictures are refused before they fill the memory. */
export const MAX_PIXELS = 100_000_000;
/** The Exif block lies in the first segment, which is at most this long. */
const EXIF_BYTES = 65_536 + 20;

/** No side longer than `maxWidth` (1920 when not given); never enlarged. The first picture of an animation. 'picture-not-recognised' for what is none. */
export async function readPicture(
  ffmpeg: string,
  input: MediaInput,
  options: { maxWidth?: number; signal?: AbortSignal } = {},
): Promise<RgbFrame> {
  const sniffed = await inspect(input);
  const demuxer = sniffed.kind === 'picture' ? sniffed.demuxer : null;
  const held = input.kind === 'file' ? await orientationOf(input.path, demuxer) : null;
  const upright = held === null ? [] : (UPRIGHT_FILTERS[held] ?? []);
  const side = options.maxWidth ?? LONGEST_SIDE;
  const fit = `scale='min(iw,${side})':'min(ih,${side})':force_original_aspect_ratio=decrease`;
  const run = new ToolRun(
    ffmpeg,
    [
      ...['-nostdin', '-hide_banner', '-v', 'error', '-max_pixels', String(MAX_PIXELS)],
      ...(held === null ? [] : ['-noautorotate']),
      ...inputArguments(input, demuxer, FORMAT_WHITELIST),
      ...['-map', '0:v:0', '-vf', [...upright, fit].join(','), '-frames:v', '1'],
      ...['-f', 'image2pipe', '-c:v', 'ppm', '-pix_fmt', 'rgb24', 'pipe:1'],
    ],
    { signal: options.signal, stallMs: STALL_MS },
  );
  const chunks: Uint8Array[] = [];
  const output = run.output();
  let next = await output.next();
  for (; !next.done; next = await output.next()) chunks.push(next.value);
  const frame = parsePpm(Buffer.concat(chunks));
  if (frame !== null) return frame;
  if (/max pixel count|picture size .* is invalid|dimensions too large/i.test(next.value.messages))
    throw new AttuneError('file-too-large', 'The picture has more than 100 million pixels.', {
      remedy: 'Make it smaller.',
    });
  throw (
    (await vanished(input)) ??
    new AttuneError('picture-not-recognised', 'The file is not a picture that can be read.')
  );
}

/** How the camera was held; null where the format has no place for it that is known here. */
async function orientationOf(path: string, demuxer: string | null): Promise<number | null> {
  if (demuxer === 'jpeg_pipe') return jpegOrientation(await readHead(path, EXIF_BYTES));
  if (!hasChunks(demuxer)) return null;
  const file = await open(path, 'r');
  try {
    return await chunkOrientation(demuxer, async (position, bytes) => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, position);
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await file.close();
  }
}

/** A binary PPM with 8 bits a colour; null when it is not whole. */
export function parsePpm(bytes: Uint8Array): RgbFrame | null {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(String.fromCharCode(...bytes.subarray(0, 64)));
  if (header === null) return null;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const rgb = bytes.slice(header[0].length, header[0].length + width * height * 3);
  return rgb.length === width * height * 3 ? { timeMs: 0, width, height, rgb } : null;
}
