/** Do the two channels of a recording carry a speaker each (a recorded call), or one sound (music, a camera's stereo microphone)? */
import type { AudioChunk } from '#main/hosts/media/media.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';

/** Enough to hear both ends of a call speak. */
const LISTEN_SECONDS = 120;
const FRAME = SAMPLE_RATE_HZ / 50;
/** Frames quieter than this (-50 dBFS) say nothing about who speaks. */
const QUIET_RMS = 0.003;
/** Above this correlation of the samples the channels hold the same sound. */
const SAME_SOUND_CORRELATION = 0.5;
/** A channel needs this share of the sounding frames to count as a speaker's own. */
const MIN_OWN_SHARE = 0.05;

const rms = (x: Float32Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += x[i]! * x[i]!;
  return Math.sqrt(sum / (to - from));
};

/** Reads at most two minutes; the iterable is closed afterwards. */
export async function channelsAreSpeakers(audio: AsyncIterable<AudioChunk>): Promise<boolean> {
  let cross = 0;
  let left2 = 0;
  let right2 = 0;
  let leftFrames = 0;
  let rightFrames = 0;
  let sounding = 0;
  let heard = 0;
  for await (const { channels } of audio) {
    const [left, right] = channels;
    if (!left || !right) return false;
    for (let i = 0; i < left.length; i++) {
      cross += left[i]! * right[i]!;
      left2 += left[i]! * left[i]!;
      right2 += right[i]! * right[i]!;
    }
    for (let i = 0; i + FRAME <= left.length; i += FRAME) {
      const l = rms(left, i, i + FRAME);
      const r = rms(right, i, i + FRAME);
      if (l < QUIET_RMS && r < QUIET_RMS) continue;
      sounding++;
      if (l > 2 * r) leftFrames++;
      if (r > 2 * l) rightFrames++;
    }
    heard += left.length / SAMPLE_RATE_HZ;
    if (heard >= LISTEN_SECONDS) break;
  }
  if (sounding === 0 || left2 === 0 || right2 === 0) return false;
  const correlation = Math.abs(cross) / Math.sqrt(left2 * right2);
  return (
    correlation < SAME_SOUND_CORRELATION &&
    leftFrames / sounding >= MIN_OWN_SHARE &&
    rightFrames / sounding >= MIN_OWN_SHARE
  );
}

/** Channels whose mean has less than this share of their power cancel each other out. */
const CANCELLED_SHARE = 0.1;

/** One channel out of however many: their mean, or the loudest where one is the other upside down (a cable wired the wrong way round). */
export function mixDown(channels: Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first) return new Float32Array(0);
  if (channels.length === 1) return first;
  const mean = first.map((_, i) => channels.reduce((sum, c) => sum + (c[i] ?? 0), 0) / channels.length);
  const levels = channels.map((channel) => rms(channel, 0, channel.length));
  const power = levels.reduce((sum, level) => sum + level ** 2, 0) / channels.length;
  if (rms(mean, 0, mean.length) ** 2 >= CANCELLED_SHARE * power) return mean;
  return channels[levels.indexOf(Math.max(...levels))]!;
}
