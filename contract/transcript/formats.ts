/** Files that a transcript can be written to, and what a file may not be able to hold. */
import { z } from 'zod';

export const TRANSCRIPT_FORMATS = ['vtt', 'srt', 'txt', 'docx', 'textgrid', 'eaf', 'csv', 'json'] as const;
export const transcriptFormat = z.enum(TRANSCRIPT_FORMATS);
export type TranscriptFormat = z.infer<typeof transcriptFormat>;

export const FORMAT_NAMES: Readonly<Record<TranscriptFormat, string>> = {
  vtt: 'WebVTT',
  srt: 'SubRip (SRT)',
  txt: 'text',
  docx: 'Word (DOCX)',
  textgrid: 'Praat TextGrid',
  eaf: 'ELAN (EAF)',
  csv: 'CSV',
  json: 'Attune JSON',
};

/** With each: what the count counts. */
export const LOSSES = {
  utterances: 'utterances are left out or joined',
  text: 'utterances have words that are changed (line breaks, control characters)',
  times: 'utterances have a start or end that is changed',
  speakers: 'utterances have a speaker whose name is changed or left out',
  words: 'utterances have words whose own times are left out or changed',
  'word-confidence': 'words have a confidence that is left out',
  confidence: 'utterances have a confidence that is left out',
  channels: 'speakers have an audio channel that is left out',
  roles: 'speakers have a role or a colour that is left out',
  events: 'events (laughter, a sigh, tears, a silence) are left out or changed',
  language: 'the language is left out',
  origin: 'whether the words were recognised, and by what, is left out',
} as const;
export type LossCode = keyof typeof LOSSES;

/** Something of a transcript that a format cannot hold. */
export const loss = z.object({
  code: z.enum(Object.keys(LOSSES) as [LossCode, ...LossCode[]]),
  /** How many utterances, words or speakers; 1 where there can be only one. */
  count: z.number().int().positive(),
});
export type Loss = z.infer<typeof loss>;
