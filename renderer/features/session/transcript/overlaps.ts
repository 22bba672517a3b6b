/** Utterances during which somebody else speaks as well. */
import type { TranscriptDocument } from '#contract/transcript/edit/document.ts';
import { markedMs } from '#contract/transcript/marked.ts';

/** Shorter ones are the silence kept around an utterance, or a hand-over. */
const MIN_OVERLAP_MS = 300;

/** By their own times (the words' where these are known), and by the marks where several people speak at once. */
export function overlapping({
  utterances,
  events,
}: Pick<TranscriptDocument, 'utterances' | 'events'>): ReadonlySet<string> {
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
    if (markedMs(events, 'crosstalk', { startMs, endMs }) >= MIN_OVERLAP_MS) marked.add(id);
  }
  return marked;
}
