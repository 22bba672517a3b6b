/** A transcript that the person brings, fitted to the recording; what had to be changed is said. */
import type { Notice } from '#contract/analysis/result.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { CORRECTIONS } from '#models/transcript/corrections.ts';
import { decodeText } from '#models/transcript/decode-text.ts';
import { parseTranscript } from '#models/transcript/parse-transcript.ts';

export interface Imported {
  imported: Transcript;
  notices: Notice[];
}

/** `content`: the file's bytes, or its text where somebody has decoded it. @throws AttuneError 'transcript-not-recognised', 'transcript-invalid' */
export function importTranscript(name: string, content: Uint8Array | string, durationMs: number): Imported {
  const text = typeof content === 'string' ? content : decodeText(content);
  const { corrections, ...imported } = parseTranscript(name, text, durationMs);
  const notices: Notice[] = corrections.map(({ code, count }) => ({
    code: 'transcript-trimmed',
    stage: 'speech',
    message: `In the transcript, ${count} ${count === 1 ? 'utterance' : 'utterances'} ${CORRECTIONS[code]}.`,
  }));
  return { imported, notices };
}
