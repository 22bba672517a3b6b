/** Colours of speakers beyond their place in the list. */
import type { Speaker } from '#contract/transcript/utterance.ts';

/** The first colour that nobody has; the least used one when all are taken. */
export function freeColour(speakers: readonly Speaker[], count: number): number {
  const uses = Array.from({ length: count }, () => 0);
  for (const [i, speaker] of speakers.entries()) uses[(speaker.colour ?? i) % count]!++;
  return uses.indexOf(Math.min(...uses));
}
