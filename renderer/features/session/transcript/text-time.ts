/** Where in an utterance's text a moment lies: between two words, by their times where there are some, else by the share of the letters. */
import type { Utterance } from '#contract/transcript/utterance.ts';
import type { Milliseconds } from '#contract/units.ts';

export function textOffsetAt({ text, words, startMs, endMs }: Utterance, timeMs: Milliseconds): number {
  const breaks = Array.from(text.matchAll(/\s+/gu), ({ index }) => index);
  if (breaks.length === 0) return 0;
  const share = (timeMs - startMs) / Math.max(1, endMs - startMs);
  const after = words.filter((word) => (word.startMs + word.endMs) / 2 <= timeMs).length;
  if (words.length === breaks.length + 1) return breaks[Math.min(breaks.length, Math.max(1, after)) - 1]!;
  const wanted = share * text.length;
  return breaks.reduce((best, at) => (Math.abs(at - wanted) < Math.abs(best - wanted) ? at : best));
}
