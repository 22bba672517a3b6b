/** Which utterances were changed after they were read. */
import type { Utterance } from '#contract/transcript/utterance.ts';

/** Ids of those that `read`, the transcript that the readings are of, has not, or has with other words, times or speaker. */
export function changedSince(now: readonly Utterance[], read: readonly Utterance[]): ReadonlySet<string> {
  const known = new Map(read.map((u) => [u.id, u]));
  return new Set(now.filter((u) => differs(u, known.get(u.id))).map(({ id }) => id));
}

function differs(now: Utterance, read: Utterance | undefined): boolean {
  if (!read) return true;
  const { text, speakerId, startMs, endMs } = read;
  return now.text !== text || now.speakerId !== speakerId || now.startMs !== startMs || now.endMs !== endMs;
}
