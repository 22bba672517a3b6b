/** Makes the utterances of a file fit the recording, and says what had to be corrected. */
import type { RawTranscript, RawUtterance } from './raw.ts';
import { completeTimes, type TimedUtterance } from './times.ts';

export const CORRECTIONS = {
  'time-unreadable': 'without a time that can be read: left out',
  'before-start': 'before the start of the recording: left out or shortened',
  'without-length': 'ending before it begins, or without length: left out',
  'after-end': 'after the end of the recording: left out',
  'past-end': 'reaching past the end of the recording: shortened',
  'without-words': 'without words: left out',
  'out-of-order': 'out of order: sorted by time',
  'start-guessed': 'without a start: guessed from the length of the words around it',
  'end-guessed': 'without an end: taken to last until the next one',
  'time-of-day': 'timed by the clock on the wall: counted from the first one instead',
} as const;
export type CorrectionCode = keyof typeof CORRECTIONS;
export interface Correction {
  code: CorrectionCode;
  /** Utterances concerned. */
  count: number;
}

/** Utterances in order of time, inside [0, durationMs], each with a length and words. Overlaps stay: people talk at once. */
export function fitToRecording(
  raw: Pick<RawTranscript, 'utterances' | 'timeOfDay'>,
  durationMs: number,
): { utterances: TimedUtterance[]; corrections: Correction[] } {
  const counts = new Map<CorrectionCode, number>();
  const note = (code: CorrectionCode, count = 1): void =>
    void counts.set(code, (counts.get(code) ?? 0) + count);
  const said = raw.utterances.filter(({ text }) => text !== '');
  const completed = completeTimes(raw.timeOfDay === true ? fromFirst(said) : said, durationMs);
  const kept: TimedUtterance[] = [];
  for (const utterance of completed.utterances) {
    const fitted = fit(utterance, durationMs, note);
    if (fitted === null) continue;
    if (fitted.startMs < (kept.at(-1)?.startMs ?? 0)) note('out-of-order');
    kept.push(fitted);
  }
  kept.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  if (raw.timeOfDay === true) note('time-of-day', said.length);
  if (completed.starts > 0) note('start-guessed', completed.starts);
  if (completed.ends > completed.starts) note('end-guessed', completed.ends - completed.starts);
  const without = raw.utterances.length - said.length;
  if (without > 0) note('without-words', without);
  return { utterances: kept, corrections: Array.from(counts, ([code, count]) => ({ code, count })) };
}

const HALF_A_DAY_MS = 12 * 3_600_000;

/** A clock that falls by half a day or more has passed midnight. */
function fromFirst(utterances: readonly RawUtterance[]): RawUtterance[] {
  const first = utterances.find(({ startMs }) => startMs !== null)?.startMs ?? 0;
  let last = first;
  let midnights = 0;
  const moved = (ms: number | null): number | null => {
    if (ms === null) return null;
    if (last - ms >= HALF_A_DAY_MS) midnights++;
    last = ms;
    return ms - first + 2 * HALF_A_DAY_MS * midnights;
  };
  return utterances.map((one) => ({ ...one, startMs: moved(one.startMs), endMs: moved(one.endMs) }));
}

function fit(
  utterance: TimedUtterance,
  durationMs: number,
  note: (code: CorrectionCode) => void,
): TimedUtterance | null {
  const { startMs, endMs } = utterance;
  if (!Number.isFinite(startMs) || !Number.isFinite(endMs)) return (note('time-unreadable'), null);
  if (endMs <= startMs) return (note('without-length'), null);
  if (startMs >= durationMs) return (note('after-end'), null);
  if (startMs < 0) note('before-start');
  if (endMs <= 0) return null;
  if (endMs > durationMs) note('past-end');
  const from = Math.max(0, startMs);
  const to = Math.min(durationMs, endMs);
  const words = utterance.words.filter(
    (word) => word.startMs >= from && word.endMs <= to && word.endMs >= word.startMs,
  );
  return { ...utterance, startMs: from, endMs: to, words };
}
