/** WebVTT and SRT: blocks of a timing line and text. What differs (header, identifiers, comments, styles) is skipped in both. */
import { parseCueTimes, type CueTimes } from './cue-time.ts';
import { splitVoices } from './cue-text.ts';
import { invalidTranscript, MAX_TEXT_LENGTH, MAX_UTTERANCES, type RawUtterance } from './raw.ts';
import { speakersFromPrefixes } from './speaker-prefix.ts';

const MAX_LINE_LENGTH = 1 << 20;

/** 'transcript-invalid' when a line is longer than 1 MiB there are more than 100,000 cues, or one holds more than 100,000 characters. */
export function parseCues(text: string): RawUtterance[] {
  const utterances: RawUtterance[] = [];
  let times: CueTimes | null = null;
  let lines: string[] = [];
  let length = 0;
  const finish = (): void => {
    if (times !== null) utterances.push(...cue(times, lines));
    if (utterances.length > MAX_UTTERANCES)
      throw invalidTranscript('The transcript has more than 100,000 utterances.');
    times = null;
    lines = [];
    length = 0;
  };
  for (const line of eachLine(text)) {
    const found = parseCueTimes(line);
    if (found !== null) {
      // A cue that follows without an empty line: its number, if it has one, was taken for text.
      if (times !== null && /^\s*\d+\s*$/.test(lines.at(-1) ?? '')) lines.pop();
      finish();
      times = found;
    } else if (line.trim() === '') finish();
    else if (times !== null) {
      lines.push(line);
      length += line.length;
      if (length > MAX_TEXT_LENGTH)
        throw invalidTranscript('One utterance of the transcript is longer than a book.');
    }
  }
  finish();
  return speakersFromPrefixes(utterances);
}

/** A cue with several voices becomes one utterance each, sharing its time by length of text. */
function cue({ startMs, endMs }: CueTimes, lines: readonly string[]): RawUtterance[] {
  const parts = splitVoices(lines.join('\n'));
  const whole = parts.reduce((sum, part) => sum + part.text.length, 0);
  let before = 0;
  return parts.map(({ speaker, text }) => {
    const from = startMs + Math.round(((endMs - startMs) * before) / Math.max(1, whole));
    before += text.length;
    const to = startMs + Math.round(((endMs - startMs) * before) / Math.max(1, whole));
    return { startMs: from, endMs: whole === 0 ? endMs : to, speaker, text, words: [] };
  });
}

function* eachLine(text: string): Generator<string> {
  const ends = /\r\n|\r|\n/g;
  let start = 0;
  while (start <= text.length) {
    const end = ends.exec(text);
    const stop = end?.index ?? text.length;
    if (stop - start > MAX_LINE_LENGTH)
      throw invalidTranscript('A line of the transcript is longer than 1 MiB.');
    yield text.slice(start, stop);
    if (end === null) return;
    start = ends.lastIndex;
  }
}
