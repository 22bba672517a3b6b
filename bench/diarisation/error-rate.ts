/**
 * Diarisation error rate as NIST's md-eval defines it (Rich Transcription 2009 evaluation plan, section 6.1): missed speech, false
 * speech and speech given to the wrong speaker, over all reference speech; overlapping speech counts once for each speaker.
 */
import type { Span } from '#contract/units.ts';
import { assign } from '#models/face/assignment.ts';

export interface SpeakerSpan extends Span {
  speaker: string;
}

/** All in milliseconds of speaker time. */
export interface DiarisationErrors {
  missedMs: number;
  falseMs: number;
  confusedMs: number;
  /** Reference speech that was scored. */
  speechMs: number;
  /** (missed + false + confused) / speech; 0 when there is neither speech nor error, Infinity for false speech alone. */
  rate: number;
}

/** A stretch in which nobody starts or stops speaking. */
interface Piece {
  ms: number;
  reference: Set<string>;
  found: Set<string>;
}

/** @param collarMs on each side of every reference boundary nothing is scored */
export function diarisationErrors(
  reference: readonly SpeakerSpan[],
  found: readonly SpeakerSpan[],
  collarMs = 250,
): DiarisationErrors {
  const pieces = piecesOf(reference, found, collarMs);
  const partner = bestMapping(pieces);
  const sum = { missedMs: 0, falseMs: 0, confusedMs: 0, speechMs: 0 };
  for (const piece of pieces) {
    const { size } = piece.reference;
    const right = [...piece.reference].filter((name) => piece.found.has(partner.get(name) ?? '')).length;
    sum.speechMs += size * piece.ms;
    sum.missedMs += Math.max(0, size - piece.found.size) * piece.ms;
    sum.falseMs += Math.max(0, piece.found.size - size) * piece.ms;
    sum.confusedMs += (Math.min(size, piece.found.size) - right) * piece.ms;
  }
  return { ...sum, rate: rateOf(sum) };
}

/** Of many recordings together: every second counts alike. */
export function pooled(all: readonly DiarisationErrors[]): DiarisationErrors {
  const sum = { missedMs: 0, falseMs: 0, confusedMs: 0, speechMs: 0 };
  for (const one of all)
    for (const key of ['missedMs', 'falseMs', 'confusedMs', 'speechMs'] as const) sum[key] += one[key];
  return { ...sum, rate: rateOf(sum) };
}

function rateOf({ missedMs, falseMs, confusedMs, speechMs }: Omit<DiarisationErrors, 'rate'>): number {
  const wrong = missedMs + falseMs + confusedMs;
  return wrong === 0 ? 0 : wrong / speechMs;
}

function piecesOf(
  reference: readonly SpeakerSpan[],
  found: readonly SpeakerSpan[],
  collarMs: number,
): Piece[] {
  const boundaries = reference.flatMap(({ startMs, endMs }) => [startMs, endMs]);
  const collars = boundaries.map((at) => ({ startMs: at - collarMs, endMs: at + collarMs }));
  const cuts = [...reference, ...found, ...collars].flatMap(({ startMs, endMs }) => [startMs, endMs]);
  const times = [...new Set(cuts)].sort((a, b) => a - b);
  const within = (at: number, spans: readonly Span[]): boolean =>
    spans.some(({ startMs, endMs }) => startMs < at && at < endMs);
  const speaking = (at: number, spans: readonly SpeakerSpan[]): Set<string> =>
    new Set(spans.filter(({ startMs, endMs }) => startMs < at && at < endMs).map(({ speaker }) => speaker));
  return times.slice(1).flatMap((end, i) => {
    const start = times[i]!;
    const middle = (start + end) / 2;
    if (collarMs > 0 && within(middle, collars)) return [];
    return [{ ms: end - start, reference: speaking(middle, reference), found: speaking(middle, found) }];
  });
}

/** Found speaker of each reference speaker, so that most time is right; one to one. */
function bestMapping(pieces: readonly Piece[]): Map<string, string> {
  const rows = [...new Set(pieces.flatMap(({ reference }) => [...reference]))];
  const columns = [...new Set(pieces.flatMap(({ found }) => [...found]))];
  const cost = rows.map((row) =>
    columns.map((column) => {
      const both = pieces.filter(({ reference, found }) => reference.has(row) && found.has(column));
      return -both.reduce((ms, piece) => ms + piece.ms, 0);
    }),
  );
  return new Map(
    assign(cost).flatMap((column, row) => (column < 0 ? [] : [[rows[row]!, columns[column]!] as const])),
  );
}
