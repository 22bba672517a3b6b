/** Cuts the stretches of an imported transcript out of streaming audio; holds only audio that an unfinished stretch needs. */
import type { Span } from '#contract/units.ts';
import { toSample } from '#models/sound-rate.ts';

interface OpenSpan {
  index: number;
  from: number;
  samples: Float32Array;
  filled: number;
}

export interface CutSpan {
  /** Index in the spans given. */
  index: number;
  samples: Float32Array;
}

export class SpanCutter {
  private readonly waiting: { index: number; from: number; to: number }[];
  private open: OpenSpan[] = [];

  /** Spans may overlap and come in any order; longer ones are cut to `maxMs`. */
  constructor(spans: Span[], maxMs: number) {
    this.waiting = spans
      .map(({ startMs, endMs }, index) => ({
        index,
        from: toSample(startMs),
        to: toSample(Math.min(endMs, startMs + maxMs)),
      }))
      .filter(({ from, to }) => to > from)
      .sort((a, b) => a.from - b.from);
  }

  push(startSample: number, samples: Float32Array): CutSpan[] {
    const end = startSample + samples.length;
    while (this.waiting[0] && this.waiting[0].from < end) {
      const { index, from, to } = this.waiting.shift()!;
      this.open.push({ index, from, samples: new Float32Array(to - from), filled: 0 });
    }
    const done: CutSpan[] = [];
    this.open = this.open.filter((span) => {
      const at = span.from + span.filled - startSample;
      const part = samples.subarray(Math.max(0, at), Math.max(0, at) + span.samples.length - span.filled);
      span.samples.set(part, span.filled);
      span.filled += part.length;
      if (span.filled < span.samples.length) return true;
      done.push({ index: span.index, samples: span.samples });
      return false;
    });
    return done;
  }

  /** What the audio's end cut short. */
  finish(): CutSpan[] {
    const rest = this.open.map(({ index, samples, filled }) => ({
      index,
      samples: samples.subarray(0, filled),
    }));
    this.open = [];
    return rest;
  }
}
