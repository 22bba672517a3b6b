/** Files that a transcript can be written to, and what a file may not be able to hold. */
import { z } from 'zod';

export const TRANSCRIPT_FORMATS = ['vtt', 'srt', 'txt', 'docx', 'textgrid', 'eaf', 'csv', 'json'] as const;
export const transcriptFormat = z.enum(TRANSCRIPT_FORMATS);
export type TranscriptFormat = z.infer<typeof transcriptFormat>;

export const FORMAT_NAMES: Readonly<Record<TranscriptFormat, string>> = {
  vtt: 'WebVTT',
  srt: 'SubRip (SRT)',
  txt: 'Text',
  docx: 'Word (DOCX)',
  textgrid: 'Praat TextGrid',
  eaf: 'ELAN (EAF)',
  csv: 'CSV',
  json: 'Attune JSON',
};

/** What is counted, and what becomes of it. */
export const LOSSES = {
  utterances: { of: 'utterance', what: 'left out or joined' },
  text: { of: 'utterance', what: 'line breaks or control characters left out' },
  times: { of: 'utterance', what: 'start or end changed' },
  speakers: {
    of: 'utterance',
    what: 'name of the speaker changed, left out, or joined with another of the same name',
  },
  words: { of: 'utterance', what: 'times of single words left out or changed' },
  'word-confidence': { of: 'word', what: 'confidence left out' },
  confidence: { of: 'utterance', what: 'confidence left out' },
  channels: { of: 'speaker', what: 'audio channel left out' },
  roles: { of: 'speaker', what: 'role or colour left out' },
  events: { of: 'event', what: 'left out or changed (laughter, a silence, several at once and the like)' },
  language: { of: null, what: 'the language is left out' },
  origin: { of: null, what: 'whether the words were recognised, and by what, is left out' },
} as const;
export type LossCode = keyof typeof LOSSES;

/** Something of a transcript that a format cannot hold. */
export const loss = z.object({
  code: z.enum(Object.keys(LOSSES) as [LossCode, ...LossCode[]]),
  /** How many utterances, words or speakers; 1 where there can be only one. */
  count: z.number().int().positive(),
});
export type Loss = z.infer<typeof loss>;
