/** What the readers of all formats give: a transcript as it stands in the file, times unchecked. */
import { AttuneError } from '#contract/errors.ts';
import type { EventKind } from '#contract/transcript/event.ts';
import type { Speaker, Transcript, Word } from '#contract/transcript/utterance.ts';

export interface RawUtterance {
  /** Null where the file gives none; may be negative, or not a number where the file's time can't be read. */
  startMs: number | null;
  endMs: number | null;
  /** A name, or an id of `RawTranscript.speakers`. */
  speaker: string | null;
  text: string;
  words: Word[];
  confidence: number | null;
  /** Where the format tells words from what is heard beside them: null for words. Absent: their text tells. */
  event?: EventKind | null;
}

export interface RawTranscript {
  utterances: RawUtterance[];
  /** Where the format lists speakers beside what they say. */
  speakers?: readonly Speaker[];
  language?: string | null;
  /** Where the words came from, when the file says so. */
  origin?: Pick<Transcript, 'source' | 'recogniser' | 'speakersFrom'>;
  /** Times are of the day, not from the start of the recording. */
  timeOfDay?: boolean;
  /** Lines or tiers of the file that are no part of a transcript. */
  leftOut?: number;
}

/** More than any recording holds: beyond it a file is not a transcript but an attack or a mistake. */
export const MAX_UTTERANCES = 100_000;
export const MAX_TEXT_LENGTH = 100_000;

/** Text without line ends, control characters and doubled blanks. */
export const squash = (text: string): string => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();

/** `line` counts from 1. */
export const invalidTranscript = (
  message: string,
  more: { line?: number; cause?: unknown } = {},
): AttuneError =>
  new AttuneError('transcript-invalid', more.line === undefined ? message : `Line ${more.line}: ${message}`, {
    kept: 'Nothing was changed.',
    remedy: 'Check the file in the program that wrote it, or export it again as WebVTT, SRT or JSON.',
    cause: more.cause,
  });

export const tooManyUtterances = (): AttuneError =>
  invalidTranscript('The transcript has more than 100,000 utterances.');

/** @throws 'transcript-invalid' for what no person said in one breath */
export function refuseLength(length: number, line?: number): void {
  if (length <= MAX_TEXT_LENGTH) return;
  const where = line === undefined ? {} : { line };
  throw invalidTranscript('One utterance of the transcript is longer than a book.', where);
}

/** The text, unless it is too long. */
export function boundedText(text: string, line?: number): string {
  refuseLength(text.length, line);
  return text;
}
