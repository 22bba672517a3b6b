/** A transcript as the lines that most formats are made of: utterances, and among them what is heard beside words. */
import type { Transcript, Word } from '#contract/transcript/utterance.ts';
import { eventText } from './events.ts';
import { squash } from './raw.ts';
import { labelsOf } from './speakers.ts';

export interface TranscriptLine {
  startMs: number;
  endMs: number;
  /** Null for an event that is nobody's. */
  speaker: string | null;
  /** On one line. */
  text: string;
  words: readonly Word[];
  confidence: number | null;
}

/** By start, then end. */
export function linesOf(transcript: Transcript): TranscriptLine[] {
  const labelOf = labelsOf(transcript);
  const said = transcript.utterances.map(({ startMs, endMs, speakerId, text, words, confidence }) => ({
    ...{ startMs, endMs, words, confidence },
    speaker: labelOf(speakerId),
    text: squash(text),
  }));
  const heard = (transcript.events ?? []).map(({ kind, startMs, endMs, speakerId, confidence = null }) => ({
    ...{ startMs, endMs, words: [], confidence },
    speaker: speakerId === null ? null : labelOf(speakerId),
    text: eventText(kind, endMs - startMs),
  }));
  return [...said, ...heard].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}
