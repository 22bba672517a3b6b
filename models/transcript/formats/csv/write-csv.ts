/** A row an utterance: RFC 4180, UTF-8 with a byte-order mark, times in milliseconds. */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { toCell } from '../../file/csv.ts';
import { squash } from '../../raw.ts';
import { labelsOf } from '../../speakers.ts';

const HEADING = ['start_ms', 'end_ms', 'speaker', 'text', 'recogniser_confidence'];

export function writeCsv(transcript: Transcript): string {
  const labelOf = labelsOf(transcript);
  const rows = transcript.utterances.map(({ startMs, endMs, speakerId, text, confidence }) => [
    startMs,
    endMs,
    labelOf(speakerId),
    squash(text),
    confidence,
  ]);
  return `\uFEFF${[HEADING, ...rows].map((row) => row.map(toCell).join(',')).join('\r\n')}\r\n`;
}
