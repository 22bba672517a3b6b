/** WebVTT and SRT: blocks of a timing line and text. What differs (header, identifiers, comments, styles) is skipped in both. */
import type { Word } from '#contract/transcript/utterance.ts';
import { eachLine } from '../../file/lines.ts';
import {
  MAX_UTTERANCES,
  refuseLength,
  squash,
  tooManyUtterances,
  type RawTranscript,
  type RawUtterance,
} from '../../raw.ts';
import { speakersFromPrefixes } from '../dialogue/speaker-prefix.ts';
import { splitVoices, type TimedPiece, type VoiceText } from './cue-text.ts';
import { parseCueTimes, type CueTimes } from './cue-time.ts';

interface Cue extends CueTimes {
  lines: string[];
}

/** 'transcript-invalid' when there are more than 100,000 cues, or one holds more than 100,000 characters. */
export function readCues(text: string): RawTranscript {
  const cues = cuesOf(text);
  const language = /^\s*WEBVTT.*\r?\n(?:.+\r?\n)*?Language:[ \t]*([\w-]{2,20})/.exec(text.slice(0, 2000));
  const utterances = cues.flatMap((cue) => voicesOf(cue, splitVoices(cue.lines.join('\n'))));
  if (utterances.length > MAX_UTTERANCES) throw tooManyUtterances();
  return { utterances: speakersFromPrefixes(utterances), language: language?.[1] ?? null };
}

/** The older document export of Microsoft Teams: under each timing line a line with the name, then the words. */
export function readNamedCues(text: string): RawTranscript {
  const cues = cuesOf(text);
  const named = cues.length > 0 && cues.every(({ lines }) => lines.length >= 2);
  if (!named) return readCues(text);
  return {
    utterances: cues.flatMap(({ lines: [name, ...words], ...times }) =>
      voicesOf(times, [{ speaker: squash(name ?? ''), text: squash(words.join(' ')), pieces: [] }]),
    ),
  };
}

function cuesOf(text: string): Cue[] {
  const cues: Cue[] = [];
  let open: Cue | null = null;
  let length = 0;
  let number = 0;
  for (const line of eachLine(text)) {
    number++;
    const times = parseCueTimes(line);
    // Within a cue an arrow may be somebody's words; by itself it is a timing line that can't be read.
    if (times !== null && (open === null || !Number.isNaN(times.startMs) || /^\s*-?\d/.test(line))) {
      // A cue that follows without an empty line: its number, if it has one, was taken for text.
      if (open !== null && /^\s*\d+\s*$/.test(open.lines.at(-1) ?? '')) open.lines.pop();
      if (cues.length >= MAX_UTTERANCES) throw tooManyUtterances();
      open = { ...times, lines: [] };
      cues.push(open);
      length = 0;
    } else if (line.trim() === '') open = null;
    else if (open !== null) {
      open.lines.push(line);
      length += line.length;
      refuseLength(length, number);
    }
  }
  return cues;
}

/** A cue with several voices becomes one utterance each, sharing its time by length of text. */
function voicesOf({ startMs, endMs }: CueTimes, parts: readonly VoiceText[]): RawUtterance[] {
  const whole = parts.reduce((sum, part) => sum + part.text.length, 0);
  let before = 0;
  return parts.map(({ speaker, text, pieces }) => {
    const from = startMs + Math.round(((endMs - startMs) * before) / Math.max(1, whole));
    before += text.length;
    const to = startMs + Math.round(((endMs - startMs) * before) / Math.max(1, whole));
    const utterance = { startMs: from, endMs: whole === 0 ? endMs : to, speaker, text, confidence: null };
    const words = wordsOf(pieces, utterance);
    if (parts.length === 1 || words.length === 0) return { ...utterance, words };
    // Times within the cue say better when this voice speaks.
    return { ...utterance, words, startMs: words[0]!.startMs, endMs: words.at(-1)!.endMs };
  });
}

/** A time before a word is its start, the next one its end; what holds several words between two times says nothing about each. */
function wordsOf(pieces: readonly TimedPiece[], cue: { startMs: number; endMs: number }): Word[] {
  if (!pieces.some(({ fromMs }) => fromMs !== null)) return [];
  return pieces.flatMap(({ fromMs, text }, i) => {
    const word = squash(text);
    const startMs = fromMs ?? cue.startMs;
    const endMs = pieces[i + 1]?.fromMs ?? cue.endMs;
    const usable = word !== '' && !word.includes(' ') && startMs >= 0 && endMs >= startMs;
    return usable ? [{ text: word, startMs, endMs, confidence: null }] : [];
  });
}
