/** Text for people: a line an utterance, `[start - end] Name: words`. */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { squash } from '../../raw.ts';
import { labelsOf } from '../../speakers.ts';
import { formatClock } from '../cues/cue-time.ts';
import { withPrefix } from './speaker-prefix.ts';

export function writeTxt(transcript: Transcript): string {
  return dialogueLines(transcript)
    .map(({ times, said }) => `${times} ${said}\n`)
    .join('');
}

export function dialogueLines(transcript: Transcript): { times: string; said: string }[] {
  const labelOf = labelsOf(transcript);
  return transcript.utterances.map(({ startMs, endMs, speakerId, text }) => ({
    times: `[${formatClock(startMs)} - ${formatClock(endMs)}]`,
    said: withPrefix(labelOf(speakerId), squash(text)),
  }));
}
