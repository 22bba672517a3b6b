/** WebVTT with voice tags; words that have times are marked with the time before and after them. */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { linesOf, type TranscriptLine } from '../../lines.ts';
import { escapeCue } from './cue-text.ts';
import { formatClock } from './cue-time.ts';

export function writeVtt(transcript: Transcript): string {
  const header = transcript.language === null ? 'WEBVTT\n' : `WEBVTT\nLanguage: ${transcript.language}\n`;
  const cues = linesOf(transcript).map((line, i) => {
    const voice = line.speaker === null ? '' : `<v ${escapeCue(line.speaker)}>`;
    return `\n${i + 1}\n${formatClock(line.startMs)} --> ${formatClock(line.endMs)}\n${voice}${timedText(line)}\n`;
  });
  return header + cues.join('');
}

/**
 * Times stand only where every word is found in the text, in order, and times rise: what WebVTT asks for. What stands between two words
 * (punctuation) goes with the one before it.
 */
function timedText({ text, words, startMs, endMs }: TranscriptLine): string {
  const starts: number[] = [];
  let position = 0;
  let lastMs = startMs;
  for (const word of words) {
    const at = word.text.trim() === '' ? -1 : text.indexOf(word.text, position);
    const rises = word.startMs >= lastMs && word.endMs > word.startMs && word.endMs <= endMs;
    if (at === -1 || !rises) return escapeCue(text);
    starts.push(at);
    position = at + word.text.length;
    lastMs = word.endMs;
  }
  lastMs = startMs;
  const stamp = (ms: number): string => {
    if (ms === lastMs || ms === endMs) return '';
    lastMs = ms;
    return `<${formatClock(ms)}>`;
  };
  const timed = words.map((word, i) => {
    const stretch = text.slice(i === 0 ? 0 : starts[i], starts[i + 1]);
    const said = stretch.trimEnd();
    return `${stamp(word.startMs)}${escapeCue(said)}${stamp(word.endMs)}${stretch.slice(said.length)}`;
  });
  return timed.length === 0 ? escapeCue(text) : timed.join('');
}
