/** `NAME.csv`: one row an utterance, and one a second for faces that don't speak. For spreadsheets: RFC 4180, UTF-8 with BOM. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { MODALITIES } from '#contract/emotion/evidence.ts';
import { toCell } from '#models/transcript/file/csv.ts';

export const CSV_COLUMNS = [
  'start_ms',
  'end_ms',
  'subject',
  'text',
  'reads_as',
  'confidence',
  'not_sure',
  ...CATEGORIES,
  'valence',
  'valence_sd',
  'arousal',
  'arousal_sd',
  'disagreement_bits',
  ...MODALITIES.flatMap((m) => [`${m}_top`, `${m}_probability`, `${m}_quality`, `${m}_share`]),
] as const;

export function toCsv(result: AnalysisResult): string {
  const textOf = new Map(result.transcript.utterances.map((u) => [u.id, u.text]));
  const labelOf = new Map(result.subjects.map((s) => [s.id, s.label]));
  const evidenceOf = new Map(result.evidence.map((e) => [`${e.modality} ${e.utteranceId}`, e]));
  const rows = result.fused.map((f) => {
    const own = MODALITIES.flatMap((m) => {
      const said = f.utteranceId === undefined ? undefined : evidenceOf.get(`${m} ${f.utteranceId}`);
      const part = f.contributions.find((c) => c.modality === m);
      const top = said ? Math.max(...said.probabilities) : undefined;
      const label = said && top !== undefined ? CATEGORIES[said.probabilities.indexOf(top)] : undefined;
      return [label, top, part?.quality, part?.share];
    });
    return [
      f.span.startMs,
      f.span.endMs,
      labelOf.get(f.subjectId),
      f.utteranceId === undefined ? '' : textOf.get(f.utteranceId),
      f.abstained ? '' : f.top,
      f.confidence,
      f.abstained ? 1 : 0,
      ...f.probabilities,
      f.dimensions.valence?.mean,
      f.dimensions.valence?.sd,
      f.dimensions.arousal?.mean,
      f.dimensions.arousal?.sd,
      f.disagreementBits,
      ...own,
    ];
  });
  const lines = [CSV_COLUMNS as readonly (string | number | null | undefined)[], ...rows];
  return `\uFEFF${lines.map((row) => row.map(toCell).join(',')).join('\r\n')}\r\n`;
}
