/** An utterance's sound, decoded again: the analysis keeps none. */
import { AttuneError } from '#contract/errors.ts';
import type { Speaker, Utterance } from '#contract/transcript/utterance.ts';
import { toSample } from '#models/sound-rate.ts';
import { mixDown } from '../analysis/channels.ts';
import type { Explaining } from './types.ts';

/** As much of an utterance as the analysis listens to. */
const LONGEST_MS = 30_000;

/** 16 kHz samples of the speaker's own channel, or of all together where they share it. @throws AttuneError */
export async function utteranceSound(
  { recording, input, parts, signal }: Explaining,
  { startMs, endMs }: Utterance,
  speaker: Speaker | undefined,
): Promise<Float32Array> {
  const lengthMs = Math.min(endMs - startMs, LONGEST_MS);
  const samples = new Float32Array(toSample(lengthMs));
  const channel = speaker?.channel ?? null;
  let filled = 0;
  const audio = parts.media.audio(input, recording.media, { fromMs: startMs, chunkMs: 500, signal });
  for await (const { channels } of audio) {
    const own = channel === null ? undefined : channels[channel];
    const part = (own ?? mixDown(channels)).subarray(0, samples.length - filled);
    samples.set(part, filled);
    filled += part.length;
    if (filled === samples.length) break;
  }
  if (filled === 0) throw new AttuneError('media-damaged', 'The recording has no sound at this moment.');
  return samples.subarray(0, filled);
}
