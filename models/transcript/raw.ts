/** What the parsers of all formats give: utterances as they stand in the file, times unchecked. */
import { AttuneError } from '#contract/errors.ts';
import type { Word } from '#contract/transcript/utterance.ts';

export interface RawUtterance {
  /** May be negative, or not a number where the file's time can't be read. */
  startMs: number;
  endMs: number;
  speaker: string | null;
  text: string;
  words: Word[];
}

/** More than any recording holds: beyond it a file is not a transcript but an attack or a mistake. */
export const MAX_UTTERANCES = 100_000;
export const MAX_TEXT_LENGTH = 100_000;

export const invalidTranscript = (message: string, cause?: unknown): AttuneError =>
  new AttuneError('transcript-invalid', message, {
    remedy: 'Check the file in a text editor, or export it again as WebVTT, SRT or JSON.',
    cause,
  });
