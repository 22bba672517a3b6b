/** Reading whole recordings in tests. */
import { AttuneError } from '#contract/errors.ts';
import type { MediaInfo } from '#contract/media/media-info.ts';
import { createMediaTools } from '#main/hosts/media/create-media-tools.ts';
import type { MediaInput } from '#main/hosts/media/media.ts';

export const tools = createMediaTools();
export const file = (path: string): MediaInput => ({ kind: 'file', path });

export interface Heard {
  channels: number;
  seconds: number;
  /** Root mean square of each channel. */
  levels: number[];
  damaged: boolean;
}

export async function hear(input: MediaInput, info: MediaInfo): Promise<Heard> {
  const heard: Heard = { channels: 0, seconds: 0, levels: [], damaged: false };
  const energy: number[] = [];
  let samples = 0;
  for await (const chunk of tools.audio(input, info, { onDamage: () => (heard.damaged = true) })) {
    if (chunk.startSample !== samples)
      throw new Error(`a chunk begins at ${chunk.startSample}, not ${samples}`);
    heard.channels = chunk.channels.length;
    samples += chunk.channels[0]!.length;
    chunk.channels.forEach((channel, i) => {
      energy[i] = channel.reduce((sum, value) => sum + value * value, energy[i] ?? 0);
    });
  }
  heard.seconds = samples / 16_000;
  heard.levels = energy.map((sum) => Math.sqrt(sum / samples));
  return heard;
}

export interface Seen {
  times: number[];
  size: string;
  damaged: boolean;
  first: Uint8Array | null;
}

export async function see(input: MediaInput, info: MediaInfo, side = 160): Promise<Seen> {
  const seen: Seen = { times: [], size: '', damaged: false, first: null };
  const options = {
    framesPerSecond: 5,
    maxWidth: side,
    maxHeight: side,
    onDamage: () => (seen.damaged = true),
  };
  for await (const frame of tools.frames(input, info, options)) {
    if (frame.rgb.length !== frame.width * frame.height * 3) throw new Error('a frame is not whole');
    seen.times.push(frame.timeMs);
    seen.size = `${frame.width}x${frame.height}`;
    seen.first ??= frame.rgb;
  }
  return seen;
}

/** The code of the AttuneError that the work ends in, or 'none'. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof AttuneError) return error.code;
    throw error;
  }
}

export const probeCode = (path: string): Promise<string> => codeOf(tools.probe(file(path)));
