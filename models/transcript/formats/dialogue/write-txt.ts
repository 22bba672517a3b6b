/** Text for people: a line an utterance, `[start - end] Name: words`. */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { linesOf } from '../../lines.ts';
import { formatClock } from '../cues/cue-time.ts';
import { withPrefix } from './speaker-prefix.ts';

export function writeTxt(transcript: Transcript): string {
  return dialogueLines(transcript)
    .map(({ times, said }) => `${times} ${said}\n`)
    .join('');
}

export const dialogueLines = (transcript: Transcript): { times: string; said: string }[] =>
  linesOf(transcript).map(({ startMs, endMs, speaker, text }) => ({
    times: `[${formatClock(startMs)} - ${formatClock(endMs)}]`,
    said: withPrefix(speaker, text),
  }));
