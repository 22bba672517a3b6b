/** The fused state of one person over the whole recording. */
import type { FusedTrack } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { Milliseconds } from '#contract/units.ts';
import { activeEvidence, covers } from './active.ts';
import { fusedOpinions } from './fuse.ts';
import type { Observation } from './kalman.ts';
import { opinionsByModality } from './opinion.ts';
import { smooth } from './rts.ts';
import type { FusionSettings } from './settings.ts';

type PieceOfEvidence = Pick<Evidence, 'modality' | 'span' | 'probabilities' | 'dimensions' | 'quality'>;

/**
 * Fuses one subject's evidence on the grid 0, stepMs, 2 stepMs … up to the recording's end. Categories are fused at each time from the evidence
 * near it; valence and arousal run through the RTS smoother. Where no evidence is near, every column is null, and so they are beside
 * evidence where too little of it is left to say anything: nobody is unsure about a silence.
 *
 * A modality's errors within `errorCorrelationMs` are alike, so sampling it every stepMs must not narrow the band:
 * each sample's sd is multiplied by sqrt(errorCorrelationMs / stepMs).
 */
export function fusedTrack(
  subjectId: string,
  evidence: readonly PieceOfEvidence[],
  durationMs: Milliseconds,
  stepMs: Milliseconds,
  settings: FusionSettings,
): FusedTrack {
  const times = Float64Array.from({ length: Math.floor(durationMs / stepMs) + 1 }, (_, i) => i * stepMs);
  const column = () => new Array<number | null>(times.length).fill(null);
  const track: FusedTrack = {
    subjectId,
    stepMs,
    probabilities: settings.prior.map(column),
    confidence: column(),
    abstained: column(),
    disagreementBits: column(),
    valence: column(),
    valenceSd: column(),
    arousal: column(),
    arousalSd: column(),
  };
  const observations = { valence: [] as Observation[], arousal: [] as Observation[] };
  const thinning = Math.sqrt(Math.max(1, settings.errorCorrelationMs / stepMs));
  const near = activeEvidence(evidence, settings.fadeMs);

  times.forEach((timeMs, i) => {
    const said = near(timeMs);
    const opinions = opinionsByModality(said, settings);
    if (opinions.length === 0) return;
    const fused = fusedOpinions(opinions, settings);
    if (fused.abstained && !said.some((e) => covers(e, timeMs))) return;
    fused.probabilities.forEach((p, c) => (track.probabilities[c]![i] = p));
    track.confidence[i] = fused.confidence;
    track.abstained[i] = fused.abstained ? 1 : 0;
    track.disagreementBits[i] = fused.disagreementBits;
    for (const opinion of opinions)
      for (const dimension of ['valence', 'arousal'] as const) {
        const estimate = opinion.dimensions[dimension];
        if (estimate)
          observations[dimension].push({ timeMs, mean: estimate.mean, sd: estimate.sd * thinning });
      }
  });

  for (const dimension of ['valence', 'arousal'] as const) {
    if (observations[dimension].length === 0) continue;
    const smoothed = smooth(observations[dimension], times, settings.processes[dimension]);
    track.confidence.forEach((known, i) => {
      if (known === null) return;
      track[dimension][i] = smoothed.mean[i]!;
      track[`${dimension}Sd`][i] = smoothed.sd[i]!;
    });
  }
  return track;
}
