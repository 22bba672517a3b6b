/** A transcript that the person brings, in any of the formats read here, as the contract's transcript. */
import type { TranscriptFormat } from '#contract/transcript/formats.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { eventOf } from './events.ts';
import { fitToRecording, type Correction } from './corrections.ts';
import { readFormat } from './detect.ts';
import type { TextEncoding } from './file/decode-text.ts';
import { invalidTranscript } from './raw.ts';
import { assignSpeakers } from './speakers.ts';

export interface ReadTranscript {
  transcript: Transcript;
  format: TranscriptFormat;
  /** Null for a binary format. */
  encoding: TextEncoding | null;
  /** Characters that could not be read; U+FFFD stands in their place. */
  broken: number;
  /** Lines or tiers that are no part of a transcript. */
  leftOut: number;
  /** What had to be changed so that it fits the recording; empty when nothing. */
  corrections: Correction[];
}

/**
 * `durationMs` is the recording's length, Infinity without one.
 * 'transcript-not-recognised' for something else, 'transcript-invalid' for a transcript that can't be used.
 */
export function readTranscript(name: string, bytes: Uint8Array, durationMs: number): ReadTranscript {
  const { raw, format, encoding, broken } = readFormat(name, bytes, durationMs);
  const { utterances: lines, corrections } = fitToRecording(raw, durationMs);
  const kinds = lines.map(({ text, event }) => (event === undefined ? eventOf(text) : event));
  const utterances = lines.filter((_, i) => kinds[i] === null);
  if (utterances.length === 0)
    throw invalidTranscript('The transcript has no words within the length of the recording.');
  const heard = lines.flatMap((line, i) => (kinds[i] ? [{ ...line, kind: kinds[i] }] : []));
  const whose = heard.filter(({ speaker }) => speaker !== null);
  const { speakers, idOf } = assignSpeakers(raw, [...utterances, ...whose]);
  const events = heard.map((line, i): HeardEvent => ({
    id: `e${String(i + 1).padStart(4, '0')}`,
    kind: line.kind,
    startMs: line.startMs,
    endMs: line.endMs,
    speakerId: line.speaker === null ? null : idOf(line),
    ...(line.confidence === null ? {} : { confidence: line.confidence }),
  }));
  const transcript: Transcript = {
    ...(raw.origin ?? { source: 'imported', recogniser: null, speakersFrom: 'transcript' }),
    language: raw.language ?? null,
    speakers,
    utterances: utterances.map((utterance, i) => ({
      id: `u${String(i + 1).padStart(4, '0')}`,
      speakerId: idOf(utterance),
      startMs: utterance.startMs,
      endMs: utterance.endMs,
      text: utterance.text,
      confidence: utterance.confidence,
      words: utterance.words,
    })),
    ...(events.length > 0 ? { events } : {}),
  };
  return { transcript, format, encoding, broken, leftOut: raw.leftOut ?? 0, corrections };
}
