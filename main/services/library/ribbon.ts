/** The tiny picture of a session: the fused top category in each of some sixty equal slices. */
import type { AnalysisResult, FusedTrack } from '#contract/analysis/result.ts';
import { CATEGORIES, argmax } from '#contract/emotion/categories.ts';

export const RIBBON_SLICES = 60;
export const NOT_SURE = 'not-sure';

/** One entry a slice: a category, 'not-sure' where most of what is known was abstained, null where nothing is known. Empty without tracks. */
export function ribbonOf(result: Pick<AnalysisResult, 'tracks' | 'source'>): (string | null)[] {
  const { durationMs } = result.source.media;
  if (durationMs <= 0 || result.tracks.length === 0) return [];
  return Array.from({ length: RIBBON_SLICES }, (_, slice) =>
    sliceOf(result.tracks, (slice * durationMs) / RIBBON_SLICES, ((slice + 1) * durationMs) / RIBBON_SLICES),
  );
}

/** Sums the probabilities of everybody's steps that count. */
function sliceOf(tracks: FusedTrack[], fromMs: number, toMs: number): string | null {
  const sums = CATEGORIES.map(() => 0);
  let known = 0;
  let unsure = 0;
  for (const track of tracks) {
    // A step belongs to the slices that it reaches into: short recordings have fewer steps than slices.
    const first = Math.floor(fromMs / track.stepMs);
    const end = Math.max(first + 1, Math.ceil(toMs / track.stepMs));
    for (let step = first; step < end; step++) {
      if ((track.confidence[step] ?? null) === null) continue;
      known += 1;
      if (track.abstained[step] === 1) unsure += 1;
      else track.probabilities.forEach((column, c) => (sums[c]! += column[step] ?? 0));
    }
  }
  if (known === 0) return null;
  return unsure * 2 > known ? NOT_SURE : CATEGORIES[argmax(sums)]!;
}
