/** A row an utterance: RFC 4180, UTF-8 with a byte-order mark, times in milliseconds. */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { toCell } from '../../file/csv.ts';
import { linesOf } from '../../lines.ts';

const HEADING = ['start_ms', 'end_ms', 'speaker', 'text', 'recogniser_confidence'];

export function writeCsv(transcript: Transcript): string {
  const rows = linesOf(transcript).map(({ startMs, endMs, speaker, text, confidence }) => [
    ...[startMs, endMs, speaker, text, confidence],
  ]);
  return `\uFEFF${[HEADING, ...rows].map((row) => row.map(toCell).join(',')).join('\r\n')}\r\n`;
}
