/**
 * Annotation programs (Praat, ELAN) keep one row of intervals a speaker, none of which may overlap, and another row for the words in them.
 * A speaker who overlaps with themselves gets a second pair of rows.
 */
import type { Transcript, Word } from '#contract/transcript/utterance.ts';
import { boundedText, MAX_UTTERANCES, squash, tooManyUtterances, type RawUtterance } from '../../raw.ts';
import { linesOf } from '../../lines.ts';

export interface Interval {
  startMs: number;
  endMs: number;
  text: string;
}

export interface TierPair {
  speaker: string | null;
  /** In order, none overlapping when they are ours. */
  utterances: Interval[];
  words: Interval[];
}

/** A longer pause than this ends an utterance where only words are given. */
const PAUSE_MS = 600;

export function toTiers(transcript: Transcript): TierPair[] {
  const bySpeaker = new Map<string | null, TierPair[]>(transcript.speakers.map(({ label }) => [label, []]));
  for (const { speaker, startMs, endMs, text, words } of linesOf(transcript)) {
    const rows = bySpeaker.get(speaker) ?? [];
    bySpeaker.set(speaker, rows);
    let row = rows.find(({ utterances }) => (utterances.at(-1)?.endMs ?? 0) <= startMs);
    if (row === undefined) rows.push((row = { speaker, utterances: [], words: [] }));
    row.utterances.push({ startMs, endMs, text });
    for (const word of words) {
      const free = word.endMs > word.startMs && word.startMs >= (row.words.at(-1)?.endMs ?? 0);
      if (free && squash(word.text) !== '') row.words.push({ ...word, text: squash(word.text) });
    }
  }
  return [...bySpeaker.values()].flat();
}

/** The name of a row that holds what is nobody's. */
export const NOBODYS = 'events';

/** Words go to the utterance that they lie in; where there are only words, pauses part them into utterances. */
export function fromTiers(pairs: readonly TierPair[]): RawUtterance[] {
  const all = pairs.flatMap((pair) => {
    const words = pair.words.filter(({ text }) => squash(text) !== '');
    const utterances = pair.utterances.filter(({ text }) => squash(text) !== '');
    const spans = utterances.length > 0 ? utterances : byPauses(words);
    if (spans.length > MAX_UTTERANCES) throw tooManyUtterances();
    const starts = [...words].sort((a, b) => a.startMs - b.startMs);
    let next = 0;
    return [...spans]
      .sort((a, b) => a.startMs - b.startMs)
      .map(({ startMs, endMs, text }): RawUtterance => {
        while (next < starts.length && starts[next]!.startMs < startMs) next++;
        const inside: Word[] = [];
        for (; next < starts.length && starts[next]!.endMs <= endMs; next++)
          inside.push({ ...wordTimes(starts[next]!), confidence: null });
        return {
          startMs,
          endMs,
          speaker: pair.speaker,
          text: squash(boundedText(text)),
          words: inside,
          confidence: null,
        };
      });
  });
  if (all.length > MAX_UTTERANCES) throw tooManyUtterances();
  return all.sort((a, b) => a.startMs! - b.startMs! || a.endMs! - b.endMs!);
}

const wordTimes = ({ text, startMs, endMs }: Interval): Omit<Word, 'confidence'> => ({
  text: squash(text),
  startMs,
  endMs,
});

function byPauses(words: readonly Interval[]): Interval[] {
  const spans: { startMs: number; endMs: number; texts: string[] }[] = [];
  for (const { startMs, endMs, text } of words) {
    const open = spans.at(-1);
    if (open === undefined || startMs - open.endMs > PAUSE_MS) spans.push({ startMs, endMs, texts: [text] });
    else {
      open.endMs = endMs;
      open.texts.push(text);
    }
  }
  return spans.map(({ texts, ...span }) => ({ ...span, text: joinWords(texts) }));
}

/** Chinese and Japanese are written without blanks between words. */
const joinWords = (words: readonly string[]): string =>
  words
    .join(' ')
    .replaceAll(
      /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。？！]) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。？！])/gu,
      '',
    );
