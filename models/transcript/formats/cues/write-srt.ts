/** SubRip: the speaker stands before the words, "Anna: …" or, for a name with other signs, "[Anna & Ben] …". */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { squash } from '../../raw.ts';
import { labelsOf } from '../../speakers.ts';
import { withPrefix } from '../dialogue/speaker-prefix.ts';
import { escapeCue, splitVoices } from './cue-text.ts';
import { formatClock } from './cue-time.ts';

export function writeSrt(transcript: Transcript): string {
  const labelOf = labelsOf(transcript);
  return transcript.utterances
    .map(({ startMs, endMs, speakerId, text }, i) => {
      const times = `${formatClock(startMs, ',')} --> ${formatClock(endMs, ',')}`;
      return `${i + 1}\n${times}\n${asIs(withPrefix(labelOf(speakerId), squash(text)))}\n`;
    })
    .join('\n');
}

/** SRT has no escapes of its own: they stand only in the rare line that readers would take for markup. */
function asIs(text: string): string {
  const [part, ...more] = splitVoices(text);
  return more.length === 0 && part?.text === text && part.pieces.length === 1 && !text.includes('-->')
    ? text
    : escapeCue(text);
}
