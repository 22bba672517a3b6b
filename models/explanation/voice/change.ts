/** Ways to change an utterance's sound before the model is asked again. */
import { SAMPLE_RATE_HZ } from '../../sound-rate.ts';

/** A stretch of samples, half open. */
export interface SampleSpan {
  readonly start: number;
  readonly end: number;
}

export type SoundChange =
  /** Makes bands (places in BANDS) of a stretch as quiet as a background. */
  | {
      readonly kind: 'quieten';
      readonly patches: readonly (SampleSpan & { readonly bands: readonly number[] })[];
    }
  /** Cuts stretches out and joins what is left. Stretches are in order and don't overlap. */
  | { readonly kind: 'cut'; readonly spans: readonly SampleSpan[] };

/** What stays of a quietened patch: -26 dB, about a room's noise under speech. */
const REMAINS = 0.05;
/** Length of a fade at the edge of a patch or a cut. */
const FADE = SAMPLE_RATE_HZ / 100;

/** @param bands the sound's bands (splitBands), asked for only when a patch needs them */
export function changed(
  samples: Float32Array,
  bands: () => readonly Float32Array[],
  change: SoundChange,
): Float32Array {
  return change.kind === 'cut'
    ? withoutSpans(samples, change.spans)
    : quietened(samples, bands(), change.patches);
}

function quietened(
  samples: Float32Array,
  bands: readonly Float32Array[],
  patches: Extract<SoundChange, { kind: 'quieten' }>['patches'],
): Float32Array {
  const out = samples.slice();
  for (const { start, end, bands: places } of patches)
    for (const place of places) {
      const band = bands[place]!;
      for (let i = Math.max(0, start); i < Math.min(end, out.length); i++)
        out[i]! -= (1 - REMAINS) * fadedIn(i, start, end, out.length) * band[i]!;
    }
  return out;
}

/** 0..1: raised cosine over FADE at both edges, none at the ends of the sound. */
function fadedIn(i: number, start: number, end: number, length: number): number {
  const fromStart = start <= 0 ? 1 : Math.min(1, (i - start + 1) / FADE);
  const fromEnd = end >= length ? 1 : Math.min(1, (end - i) / FADE);
  return 0.5 - 0.5 * Math.cos(Math.PI * Math.min(fromStart, fromEnd));
}

function withoutSpans(samples: Float32Array, spans: readonly SampleSpan[]): Float32Array {
  const kept: Float32Array[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    kept.push(samples.slice(from, start));
    from = end;
  }
  kept.push(samples.slice(from));
  const parts = kept.filter((part) => part.length > 0);
  for (const [k, part] of parts.entries()) smoothEnds(part, k > 0, k < parts.length - 1);
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Fades a part in and out where it was cut, so that the joint doesn't click. */
function smoothEnds(part: Float32Array, atStart: boolean, atEnd: boolean): void {
  const length = Math.min(FADE, part.length >> 1);
  for (let i = 0; i < length; i++) {
    const gain = (i + 1) / (length + 1);
    if (atStart) part[i]! *= gain;
    if (atEnd) part[part.length - 1 - i]! *= gain;
  }
}
