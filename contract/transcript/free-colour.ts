/** Colours of speakers beyond their place in the list. */
import { SPEAKER_COLOUR_COUNT, type Speaker } from './utterance.ts';

/** The first colour that nobody has; the least used one when all are taken. */
export function freeColour(speakers: readonly Speaker[]): number {
  const uses = Array.from({ length: SPEAKER_COLOUR_COUNT }, () => 0);
  for (const [i, speaker] of speakers.entries()) uses[(speaker.colour ?? i) % SPEAKER_COLOUR_COUNT]!++;
  return uses.indexOf(Math.min(...uses));
}
