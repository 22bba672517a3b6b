/** What the transcript list shows: an utterance a row with what it reads as, and marks between them. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { FusedSpan } from '#contract/emotion/fused.ts';
import type { TranscriptDocument } from '#contract/transcript/edit/document.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';
import type { Speaker, Utterance } from '#contract/transcript/utterance.ts';
import { overlapping } from './overlaps.ts';

export interface UtteranceItem {
  readonly kind: 'utterance';
  readonly id: string;
  readonly startMs: number;
  readonly utterance: Utterance;
  readonly label: string;
  readonly role: string | null;
  /** The speaker's voice is so much like another's that this may be theirs. */
  readonly alike: boolean;
  /** Somebody else speaks at the same time. */
  readonly overlaps: boolean;
  readonly fused: FusedSpan | null;
}
export interface EventItem {
  readonly kind: 'event';
  readonly id: string;
  readonly startMs: number;
  readonly event: HeardEvent;
  readonly label: string;
}
export type TranscriptItem = UtteranceItem | EventItem;

export function rowsOf(document: TranscriptDocument, fused: AnalysisResult['fused']): TranscriptItem[] {
  const readings = new Map(fused.flatMap((f) => (f.utteranceId ? [[f.utteranceId, f] as const] : [])));
  const speakers = new Map<string | null, Speaker>(document.speakers.map((s) => [s.id, s]));
  const together = overlapping(document);
  const utterances = document.utterances.map((utterance): UtteranceItem => ({
    ...{ kind: 'utterance', id: utterance.id, startMs: utterance.startMs, utterance },
    label: speakers.get(utterance.speakerId)?.label ?? '',
    role: speakers.get(utterance.speakerId)?.role ?? null,
    alike: speakers.get(utterance.speakerId)?.alike ?? false,
    overlaps: together.has(utterance.id),
    fused: readings.get(utterance.id) ?? null,
  }));
  if (document.events.length === 0) return utterances;
  const events = document.events.map((event): EventItem => ({
    ...{ kind: 'event', id: event.id, startMs: event.startMs, event },
    label: speakers.get(event.speakerId)?.label ?? '',
  }));
  return [...utterances, ...events].sort(inOrder);
}

const placed = (item: TranscriptItem): Utterance | HeardEvent =>
  item.kind === 'utterance' ? item.utterance : item.event;

/** Each kind is in order already: of what takes the same time, an utterance stays above its marks. */
function inOrder(a: TranscriptItem, b: TranscriptItem): number {
  const [x, y] = [placed(a), placed(b)];
  return x.startMs - y.startMs || x.endMs - y.endMs;
}

/** Case and accents don't matter to a search. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function matching(rows: readonly TranscriptItem[], query: string): readonly TranscriptItem[] {
  const wanted = plain(query.trim());
  if (wanted === '') return rows;
  return rows.filter((row) => row.kind === 'utterance' && plain(row.utterance.text).includes(wanted));
}

/** A guess at a row's height before it is drawn: a head line and lines of about `perLine` characters. Where it is right, nothing has to move. */
export const estimatedHeight = (row: TranscriptItem, perLine: number): number =>
  row.kind === 'event'
    ? 26
    : Math.round(31 + 19.56 * Math.max(1, Math.ceil(row.utterance.text.length / perLine)));
