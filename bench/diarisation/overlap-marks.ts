/** How well the marks where several people speak at once fit a reference. */
import { overlapMs, type Span } from '#contract/units.ts';
import type { Overlap } from '#models/speakers/overlap.ts';
import { mean } from '#models/voice/statistics.ts';
import type { SpeakerSpan } from './error-rate.ts';

/** An overlap this long should be found; shorter ones are hand-overs. */
const LONG_MS = 300;
/** A mark is right where the reference has several for so much of it, and an overlap is found where marks cover so much of it. */
const RIGHT = 0.5;
const FOUND = 0.3;

export interface MarkScore {
  /** The marks' own word for how sure they are, and whether each is right. */
  marks: { confidence: number; right: boolean }[];
  long: number;
  longFound: number;
  /** Of all marks, of all the reference's overlaps, and of both at once. */
  markedMs: number;
  overlapMs: number;
  sharedMs: number;
}

export function scoreMarks(reference: readonly SpeakerSpan[], marks: readonly Overlap[]): MarkScore {
  const overlaps = severalAtOnce(reference);
  const long = overlaps.filter((span) => lengthMs(span) >= LONG_MS);
  return {
    marks: marks.map((mark) => ({
      confidence: mark.confidence,
      right: sharedMs(mark, overlaps) >= RIGHT * lengthMs(mark),
    })),
    long: long.length,
    longFound: long.filter((span) => sharedMs(span, marks) >= FOUND * lengthMs(span)).length,
    markedMs: marks.reduce((sum, mark) => sum + lengthMs(mark), 0),
    overlapMs: overlaps.reduce((sum, span) => sum + lengthMs(span), 0),
    sharedMs: marks.reduce((sum, mark) => sum + sharedMs(mark, overlaps), 0),
  };
}

export function marksLine(scores: readonly MarkScore[]): string {
  const sum = (of: (score: MarkScore) => number): number => scores.reduce((all, one) => all + of(one), 0);
  const marks = scores.flatMap((score) => score.marks);
  const right = marks.filter((mark) => mark.right).length;
  const share = (part: number, all: number): string => (all === 0 ? 'none' : (part / all).toFixed(2));
  return (
    `marks of several at once: ${right} of ${marks.length} right (said to be ${mean(marks.map(({ confidence }) => confidence)).toFixed(2)} sure), ` +
    `${sum((s) => s.longFound)} of ${sum((s) => s.long)} overlaps of ${LONG_MS} ms and longer found; ` +
    `of the time marked ${share(
      sum((s) => s.sharedMs),
      sum((s) => s.markedMs),
    )} is overlap, of the overlap ${share(
      sum((s) => s.sharedMs),
      sum((s) => s.overlapMs),
    )} is marked`
  );
}

/** Where at least two of the spans lie over each other, in order. */
function severalAtOnce(spans: readonly SpeakerSpan[]): Span[] {
  const times = [...new Set(spans.flatMap(({ startMs, endMs }) => [startMs, endMs]))].sort((a, b) => a - b);
  const found: Span[] = [];
  for (const [i, startMs] of times.slice(0, -1).entries()) {
    const endMs = times[i + 1]!;
    if (spans.filter((span) => span.startMs <= startMs && span.endMs >= endMs).length < 2) continue;
    const last = found.at(-1);
    if (last?.endMs === startMs) last.endMs = endMs;
    else found.push({ startMs, endMs });
  }
  return found;
}

const lengthMs = ({ startMs, endMs }: Span): number => endMs - startMs;
const sharedMs = (span: Span, others: readonly Span[]): number =>
  others.reduce((sum, other) => sum + overlapMs(span, other), 0);
