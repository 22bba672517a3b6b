/** A transcript that the person brings, in any of the formats read here, as the contract's transcript. */
import { AttuneError } from '#contract/errors.ts';
import type { Speaker, Transcript } from '#contract/transcript/utterance.ts';
import { fitToRecording, type Correction } from './corrections.ts';
import { parseCues } from './cues.ts';
import { parseJsonTranscript } from './json.ts';
import { invalidTranscript, type RawUtterance } from './raw.ts';

export interface ImportedTranscript extends Transcript {
  /** What had to be changed so that it fits the recording; empty when nothing. */
  corrections: Correction[];
}

const UNNAMED = 'Speaker';
const MAX_LABEL_LENGTH = 80;

/**
 * WebVTT, SRT or our JSON, told apart by content; `name` only helps where the content leaves it open. `text` comes from decodeText.
 * 'transcript-not-recognised' for something else, 'transcript-invalid' for one that can't be used.
 */
export function parseTranscript(name: string, text: string, durationMs: number): ImportedTranscript {
  const { utterances, corrections } = fitToRecording(
    parseByContent(name, text.replace(/^\uFEFF/, '')),
    durationMs,
  );
  if (utterances.length === 0)
    throw invalidTranscript('The transcript has no words within the length of the recording.');
  const speakers = speakersOf(utterances);
  const idOf = new Map(speakers.map(({ label, id }) => [label, id]));
  return {
    source: 'imported',
    recogniser: null,
    language: null,
    speakersFrom: 'transcript',
    speakers,
    utterances: utterances.map((utterance, i) => ({
      id: `u${String(i + 1).padStart(4, '0')}`,
      speakerId: idOf.get(labelOf(utterance)) ?? 's1',
      startMs: utterance.startMs,
      endMs: utterance.endMs,
      text: utterance.text,
      confidence: null,
      words: utterance.words,
    })),
    corrections,
  };
}

function parseByContent(name: string, text: string): RawUtterance[] {
  const start = text.slice(0, 1000).trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return parseJsonTranscript(text);
  if (start.startsWith('WEBVTT') || text.includes('-->') || /\.(vtt|srt)$/i.test(name))
    return parseCues(text);
  throw new AttuneError(
    'transcript-not-recognised',
    'The file is no transcript in WebVTT, SRT or Attune’s JSON.',
  );
}

function labelOf({ speaker }: RawUtterance): string {
  const label = (speaker ?? '').trim().slice(0, MAX_LABEL_LENGTH);
  return label === '' ? UNNAMED : label;
}

/** In the order in which they first speak. */
function speakersOf(utterances: readonly RawUtterance[]): Speaker[] {
  const labels = [...new Set(utterances.map(labelOf))];
  return labels.map((label, i) => ({ id: `s${i + 1}`, label, channel: null }));
}
