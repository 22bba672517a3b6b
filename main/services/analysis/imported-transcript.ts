/** A transcript that the person brings, fitted to the recording; what had to be assumed or changed is said. */
import type { Notice } from '#contract/analysis/result.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { CORRECTIONS } from '#models/transcript/corrections.ts';
import { readTranscript, type ReadTranscript } from '#models/transcript/read-transcript.ts';

export interface Imported {
  imported: Transcript;
  notices: Notice[];
}

/** @throws AttuneError 'transcript-not-recognised', 'transcript-invalid' */
export function importTranscript(name: string, bytes: Uint8Array, durationMs: number): Imported {
  const read = readTranscript(name, bytes, durationMs);
  const notices = transcriptRemarks(read).map(({ code, message }): Notice => ({
    code,
    stage: 'speech',
    message,
  }));
  return { imported: { ...read.transcript, source: 'imported' }, notices };
}

const ENCODING_NAMES = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  gb18030: 'GB18030',
  'windows-1252': 'Windows-1252',
} as const;

/** What a person should know about how a transcript was read, a sentence each. */
export function transcriptRemarks({ encoding, broken, leftOut, corrections }: ReadTranscript): {
  code: 'transcript-decoded' | 'transcript-trimmed';
  message: string;
}[] {
  const decoded = encoding !== null && (encoding !== 'utf-8' || broken > 0);
  const unread = broken === 0 ? '' : `; ${broken} of its characters could not be read`;
  return [
    ...(decoded
      ? [
          {
            code: 'transcript-decoded' as const,
            message: `The transcript was read as ${ENCODING_NAMES[encoding]}${unread}.`,
          },
        ]
      : []),
    ...(leftOut > 0
      ? [
          {
            code: 'transcript-trimmed' as const,
            message: `In the transcript file, ${leftOut} ${leftOut === 1 ? 'line or tier is' : 'lines or tiers are'} no part of the talk: left out.`,
          },
        ]
      : []),
    ...corrections.map(({ code, count }) => ({
      code: 'transcript-trimmed' as const,
      message: `In the transcript, ${count} ${count === 1 ? 'utterance' : 'utterances'} ${CORRECTIONS[code]}.`,
    })),
  ];
}
