/** Stretches of speech side by side in one window: every window costs the same, however little is said in it. */
import { SAMPLE_RATE_HZ } from '../../sound-rate.ts';
import { WINDOW_SAMPLES } from './mel.ts';

/** Silence between two stretches, so that they stay two and words fall to the one or the other. */
const GAP_SAMPLES = 0.8 * SAMPLE_RATE_HZ;

export interface PackedWindow {
  samples: Float32Array;
  /** Which of the clips lie in it, and at which sample each begins. */
  places: { clip: number; from: number }[];
}

/** @param clips in order, none longer than a window; as many as fit go together, if `together` */
export function packed(clips: readonly Float32Array[], together: boolean): PackedWindow[] {
  const windows: { clips: number[]; length: number }[] = [];
  for (const [clip, samples] of clips.entries()) {
    const open = windows.at(-1);
    if (together && open && open.length + GAP_SAMPLES + samples.length <= WINDOW_SAMPLES) {
      open.clips.push(clip);
      open.length += GAP_SAMPLES + samples.length;
    } else windows.push({ clips: [clip], length: samples.length });
  }
  return windows.map(({ clips: own, length }) => {
    const samples = new Float32Array(length);
    let from = 0;
    const places = own.map((clip) => {
      samples.set(clips[clip]!, from);
      const place = { clip, from };
      from += clips[clip]!.length + GAP_SAMPLES;
      return place;
    });
    return { samples, places };
  });
}
