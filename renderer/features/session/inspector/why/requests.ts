/** What can be explained about a moment: one request a modality that spoke. */
import type { ExplainRequest } from '#contract/explanation/explanation.ts';
import type { Milliseconds } from '#contract/units.ts';
import type { Moment } from '../moment.ts';

/** @param timeMs the chosen time: a face is explained by its look nearest to it */
export function requestsFor(moment: Moment, recordingId: string, timeMs: Milliseconds): ExplainRequest[] {
  return moment.modalities.flatMap(({ modality, evidence }): ExplainRequest[] => {
    if (!evidence) return [];
    if (modality === 'face')
      return evidence.faceId === undefined
        ? []
        : [{ modality, recordingId, faceId: evidence.faceId, timeMs: Math.round(timeMs) }];
    return evidence.utteranceId === undefined
      ? []
      : [{ modality, recordingId, utteranceId: evidence.utteranceId }];
  });
}
