/** The part of a transcript that a person edits, in the one order that everybody shows. */
import { z } from 'zod';
import type { Milliseconds, Span } from '../../units.ts';
import { heardEvent } from '../event.ts';
import { speaker, utterance, type Transcript, type Word } from '../utterance.ts';

export const transcriptDocument = z.object({
  speakers: z.array(speaker).readonly(),
  /** By start, then end, then id. */
  utterances: z.array(utterance).readonly(),
  /** In the same order. */
  events: z.array(heardEvent).readonly(),
});
export type TranscriptDocument = z.infer<typeof transcriptDocument>;

interface Placed extends Span {
  readonly id: string;
}
export const byTime = (a: Placed, b: Placed): number =>
  a.startMs - b.startMs || a.endMs - b.endMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Words of a recogniser or a file may leave their utterance by a little; from the first edit on they never do. */
export const documentOf = (transcript: Transcript): TranscriptDocument => ({
  speakers: transcript.speakers,
  utterances: transcript.utterances.map((u) => ({ ...u, words: inside(u.words, u) })).sort(byTime),
  events: (transcript.events ?? []).toSorted(byTime),
});

/** The transcript with what the document says in place of its own. */
export const withDocument = (transcript: Transcript, document: TranscriptDocument): Transcript => ({
  ...transcript,
  speakers: [...document.speakers],
  utterances: [...document.utterances],
  ...(document.events.length > 0 || transcript.events ? { events: [...document.events] } : {}),
});

/** Words clipped to the span, their starts in order. Words that are so already stay the same objects. */
export function inside(words: readonly Word[], span: Span): Word[] {
  let last: Milliseconds = span.startMs;
  return words.map((word) => {
    const startMs = Math.min(span.endMs, Math.max(last, word.startMs));
    const endMs = Math.min(span.endMs, Math.max(startMs, word.endMs));
    last = startMs;
    return startMs === word.startMs && endMs === word.endMs ? word : { ...word, startMs, endMs };
  });
}
