/** Utterances during which somebody else speaks as well. */
import type { Utterance } from '#contract/transcript/utterance.ts';

/** Shorter ones are the silence kept around an utterance, or a hand-over. */
const MIN_OVERLAP_MS = 300;

/** Where the words' times are known they count, not the utterance's. @param utterances in order of time */
export function overlapping(utterances: readonly Utterance[]): ReadonlySet<string> {
  const marked = new Set<string>();
  let earlier: { id: string; speakerId: string; endMs: number }[] = [];
  for (const { id, speakerId, startMs, endMs, words } of utterances) {
    const from = words[0]?.startMs ?? startMs;
    const to = words.at(-1)?.endMs ?? endMs;
    earlier = earlier.filter((other) => other.endMs > startMs);
    for (const other of earlier)
      if (other.speakerId !== speakerId && Math.min(other.endMs, to) - from >= MIN_OVERLAP_MS) {
        marked.add(id);
        marked.add(other.id);
      }
    earlier.push({ id, speakerId, endMs: to });
  }
  return marked;
}
