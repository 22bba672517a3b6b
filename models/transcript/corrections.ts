/** Makes raw utterances fit the recording, and says what had to be corrected. */
import type { RawUtterance } from './raw.ts';

export const CORRECTIONS = {
  'time-unreadable': 'without a time that can be read: left out',
  'before-start': 'before the start of the recording: left out or shortened',
  'without-length': 'ending before it begins, or without length: left out',
  'after-end': 'after the end of the recording: left out',
  'past-end': 'reaching past the end of the recording: shortened',
  'without-words': 'without words: left out',
  'out-of-order': 'out of order: sorted by time',
} as const;
export type CorrectionCode = keyof typeof CORRECTIONS;
export interface Correction {
  code: CorrectionCode;
  /** Utterances concerned. */
  count: number;
}

/** Utterances in order of time, inside [0, durationMs], each with a length and words. Overlaps stay: people talk at once. */
export function fitToRecording(
  utterances: readonly RawUtterance[],
  durationMs: number,
): { utterances: RawUtterance[]; corrections: Correction[] } {
  const counts = new Map<CorrectionCode, number>();
  const note = (code: CorrectionCode): void => void counts.set(code, (counts.get(code) ?? 0) + 1);
  const kept: RawUtterance[] = [];
  for (const utterance of utterances) {
    const fitted = fit(utterance, durationMs, note);
    if (fitted === null) continue;
    if (fitted.startMs < (kept.at(-1)?.startMs ?? 0)) note('out-of-order');
    kept.push(fitted);
  }
  kept.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  return { utterances: kept, corrections: Array.from(counts, ([code, count]) => ({ code, count })) };
}

function fit(
  utterance: RawUtterance,
  durationMs: number,
  note: (code: CorrectionCode) => void,
): RawUtterance | null {
  const { startMs, endMs } = utterance;
  if (!Number.isFinite(startMs) || !Number.isFinite(endMs)) return (note('time-unreadable'), null);
  if (utterance.text === '') return (note('without-words'), null);
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
