/** One transcript row an utterance: who, what, and what it reads as. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { FusedSpan } from '#contract/emotion/fused.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';

export interface TranscriptRow {
  readonly utterance: Utterance;
  readonly speaker: number;
  readonly label: string;
  readonly fused: FusedSpan | null;
}

export function rowsOf(result: AnalysisResult): TranscriptRow[] {
  const fused = new Map(result.fused.flatMap((f) => (f.utteranceId ? [[f.utteranceId, f] as const] : [])));
  const speakers = new Map(result.transcript.speakers.map((s, i) => [s.id, { index: i, label: s.label }]));
  return result.transcript.utterances.map((utterance) => {
    const speaker = speakers.get(utterance.speakerId);
    return {
      utterance,
      speaker: speaker?.index ?? 0,
      label: speaker?.label ?? '',
      fused: fused.get(utterance.id) ?? null,
    };
  });
}

/** Case and accents don't matter to a search. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function matching(rows: readonly TranscriptRow[], query: string): readonly TranscriptRow[] {
  const wanted = plain(query.trim());
  return wanted === '' ? rows : rows.filter(({ utterance }) => plain(utterance.text).includes(wanted));
}

/** A guess at a row's height before it is drawn: a head line and lines of about `perLine` characters. */
export const estimatedHeight = (row: TranscriptRow, perLine: number): number =>
  33 + 20 * Math.max(1, Math.ceil(row.utterance.text.length / perLine));
