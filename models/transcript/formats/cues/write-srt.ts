/** SubRip: the speaker stands before the words, "Anna: …" or, for a name with other signs, "[Anna & Ben] …". */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { linesOf } from '../../lines.ts';
import { withPrefix } from '../dialogue/speaker-prefix.ts';
import { escapeCue, splitVoices } from './cue-text.ts';
import { formatClock } from './cue-time.ts';

export const writeSrt = (transcript: Transcript): string =>
  linesOf(transcript)
    .map(({ startMs, endMs, speaker, text }, i) => {
      const times = `${formatClock(startMs, ',')} --> ${formatClock(endMs, ',')}`;
      return `${i + 1}\n${times}\n${asIs(withPrefix(speaker, text))}\n`;
    })
    .join('\n');

/** SRT has no escapes of its own: they stand only in the rare line that readers would take for markup. */
function asIs(text: string): string {
  const [part, ...more] = splitVoices(text);
  return more.length === 0 && part?.text === text && part.pieces.length === 1 && !text.includes('-->')
    ? text
    : escapeCue(text);
}
