/** What the speaker encoder is given: a stretch of speech, heard once, and the windows in it that embeddings are wanted of. */
import type { Span } from '#contract/units.ts';
import { toSample } from '../sound-rate.ts';
import { floats, integers, type Tensor } from '../tensor.ts';
import type { SpeakerSettings } from './settings.ts';
import { repeated } from './windows.ts';

/** The encoder's own frames (models/recipes/speakers/encoder.py): one each 20 ms, and fewer at the end than the sound is long. */
const FRAME_MS = 20;
const HOP_SAMPLES = 160;
const SPECTRUM_SAMPLES = 400;

const framesIn = (samples: number): number =>
  Math.floor((Math.floor((samples - SPECTRUM_SAMPLES) / HOP_SAMPLES) + 2) / 2);

/**
 * @param samples 16 kHz mono
 * @param spans at least one, in milliseconds from the first sample; everything from the first one's start to the last one's end is heard
 * @returns samples [1, length], at least a window long; windows [spans, 2]: first frame, and the one after the last
 */
export function encoderInputs(
  samples: Float32Array,
  spans: readonly Span[],
  { windowMs }: Pick<SpeakerSettings, 'windowMs'>,
): Record<'samples' | 'windows', Tensor> {
  const fromMs = Math.min(...spans.map(({ startMs }) => startMs));
  const toMs = Math.max(...spans.map(({ endMs }) => endMs));
  const heard = samples.subarray(toSample(fromMs), toSample(toMs));
  const shortest = toSample(windowMs);
  const long = heard.length < shortest ? repeated(heard, shortest) : heard;
  const last = framesIn(long.length);
  const frames = spans.flatMap(({ startMs, endMs }) => {
    const end = long === heard ? Math.round((endMs - fromMs) / FRAME_MS) : last;
    const start = Math.min(Math.round((startMs - fromMs) / FRAME_MS), last - 1);
    return [start, Math.max(start + 1, Math.min(end, last))];
  });
  return { samples: floats(long, [1, long.length]), windows: integers(frames, [spans.length, 2]) };
}
