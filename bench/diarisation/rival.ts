/** The obvious simple way, to compare with: one embedding a voice-activity segment, average-linkage clustering by cosine, a threshold. */
import type { Span } from '#contract/units.ts';
import type { SpeakerSpan } from './error-rate.ts';

/** Mean cosine below which two clusters stay apart; best on the tuning half (`node bench/diarisation/tune.ts`). */
const SAME_VOICE_COSINE = 0.6;

interface Cluster {
  members: number[];
}

/** @param embeddings one of length 1 a segment: the mean over it */
export function rivalTurns(
  segments: readonly Span[],
  embeddings: readonly Float32Array[],
  people: number | null,
  threshold = SAME_VOICE_COSINE,
): SpeakerSpan[] {
  const cosine = embeddings.map((a) =>
    embeddings.map((b) => a.reduce((sum, value, d) => sum + value * b[d]!, 0)),
  );
  const linkage = (a: Cluster, b: Cluster): number => {
    let sum = 0;
    for (const i of a.members) for (const j of b.members) sum += cosine[i]![j]!;
    return sum / (a.members.length * b.members.length);
  };
  let clusters: Cluster[] = segments.map((_, i) => ({ members: [i] }));
  while (clusters.length > (people ?? 1)) {
    let nearest: { a: Cluster; b: Cluster; likeness: number } | null = null;
    for (const [i, a] of clusters.entries())
      for (const b of clusters.slice(0, i)) {
        const likeness = linkage(a, b);
        if (nearest === null || likeness > nearest.likeness) nearest = { a, b, likeness };
      }
    if (nearest === null || (people === null && nearest.likeness < threshold)) break;
    const { a, b } = nearest;
    clusters = [
      ...clusters.filter((each) => each !== a && each !== b),
      { members: [...a.members, ...b.members] },
    ];
  }
  return clusters.flatMap(({ members }, i) => members.map((at) => ({ ...segments[at]!, speaker: `s${i}` })));
}
