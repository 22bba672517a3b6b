/** Times that a file doesn't give: guessed from what it does give, and said to be guessed. */
import type { RawUtterance } from './raw.ts';

/** Nobody goes on talking more slowly than this; a gap after it is a pause. Latin letters a second, and characters of Chinese, Japanese, Korean. */
const SLOWEST_LETTERS_S = 7;
const SLOWEST_IDEOGRAPHS_S = 2;
/** Nor faster than this. */
const FASTEST_LETTERS_S = 30;
const FASTEST_IDEOGRAPHS_S = 10;
const USUAL_OVER_SLOWEST = 2;
const LEAST_MS = 1000;

export type TimedUtterance = RawUtterance & { startMs: number; endMs: number };

export interface CompletedTimes {
  utterances: TimedUtterance[];
  /** Utterances whose start was guessed, and those whose end was. */
  starts: number;
  ends: number;
}

function spokenMs(text: string, lettersPerS: number, ideographsPerS: number): number {
  const ideographs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu);
  const wide = ideographs?.length ?? 0;
  return Math.round(1000 * (wide / ideographsPerS + (text.length - wide) / lettersPerS));
}

const slowestMs = (text: string): number =>
  LEAST_MS + spokenMs(text, SLOWEST_LETTERS_S, SLOWEST_IDEOGRAPHS_S);

/** Words that are said in less are not said at all. */
export const fastestMs = (text: string): number => spokenMs(text, FASTEST_LETTERS_S, FASTEST_IDEOGRAPHS_S);

const usualMs = (text: string): number => Math.round(slowestMs(text) / USUAL_OVER_SLOWEST);

/**
 * Starts: between two known times, utterances share the time by how long their words take to say; after the last known one the recording's end is
 * the other time. Ends: the next start, but not later than the slowest speaker needs. `durationMs` is Infinity where there is no recording.
 */
export function completeTimes(given: readonly RawUtterance[], durationMs: number): CompletedTimes {
  const starts = guessStarts(given, durationMs);
  let ends = 0;
  const utterances = given.map((utterance, i): TimedUtterance => {
    const startMs = starts[i]!;
    if (utterance.endMs !== null) return { ...utterance, startMs, endMs: utterance.endMs };
    ends++;
    const next = starts.slice(i + 1, i + 20).find((ms) => ms > startMs) ?? durationMs;
    return { ...utterance, startMs, endMs: Math.min(next, startMs + slowestMs(utterance.text)) };
  });
  return { utterances, starts: given.filter(({ startMs }) => startMs === null).length, ends };
}

function guessStarts(given: readonly RawUtterance[], durationMs: number): number[] {
  const starts: number[] = [];
  for (let i = 0; i < given.length;) {
    let next = i + 1;
    while (next < given.length && given[next]!.startMs === null) next++;
    const run = given.slice(i, next);
    const from = run[0]!.startMs ?? 0;
    const until = given[next]?.startMs ?? durationMs;
    const usual = run.map(({ text }) => usualMs(text));
    const all = usual.reduce((sum, ms) => sum + ms, 0);
    const scale = Number.isFinite(until) && until > from ? (until - from) / all : 1;
    let before = 0;
    for (const ms of usual) {
      starts.push(from + Math.round(before * scale));
      before += ms;
    }
    i = next;
  }
  return starts;
}
