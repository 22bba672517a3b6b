/** What a person's word on the transcript changed in a result: small enough to send after each edit of an hour-long session. */
import { z } from 'zod';
import { evidence } from '../emotion/evidence.ts';
import { fusedSpan, type FusedSpan } from '../emotion/fused.ts';
import { applyChange, transcriptChange } from '../transcript/edit/change.ts';
import { documentOf, withDocument } from '../transcript/edit/document.ts';
import { transcript } from '../transcript/utterance.ts';
import { fusedTrack, notice, subject, type AnalysisResult, type FusedTrack } from './result.ts';
import { analysisSettings } from './settings.ts';
import { summary } from './summary.ts';

/** Steps of a subject's track from `fromStep` on; a whole track for a subject that had none. */
export const trackPiece = z.object({ fromStep: z.number().int().nonnegative(), track: fusedTrack });
export type TrackPiece = z.infer<typeof trackPiece>;

export const analysisPatch = z.object({
  settings: analysisSettings,
  transcript: transcriptChange,
  speakersFrom: transcript.shape.speakersFrom,
  subjects: z.array(subject),
  notices: z.array(notice),
  evidence: z.object({ put: z.array(evidence), removed: z.array(z.string()) }),
  /** `removed` as `fusedId` writes it. */
  fused: z.object({ put: z.array(fusedSpan), removed: z.array(z.string()) }),
  tracks: z.array(trackPiece),
  summary,
});
export type AnalysisPatch = z.infer<typeof analysisPatch>;

export const fusedId = ({ subjectId, utteranceId, span }: FusedSpan): string =>
  `${subjectId} ${utteranceId ?? span.startMs}`;

export const byTimeAndSubject = (a: FusedSpan, b: FusedSpan): number =>
  a.span.startMs - b.span.startMs || a.subjectId.localeCompare(b.subjectId);

/** What isn't touched stays the same objects. @throws AttuneError 'edit-stale' when the patch is for another result */
export function applyPatch(result: AnalysisResult, patch: AnalysisPatch): AnalysisResult {
  const document = applyChange(documentOf(result.transcript), patch.transcript);
  const { speakersFrom } = patch;
  const subjects = new Set(patch.subjects.map(({ id }) => id));
  return {
    ...result,
    settings: patch.settings,
    transcript: { ...withDocument(result.transcript, document), speakersFrom },
    subjects: patch.subjects,
    notices: patch.notices,
    evidence: replacing(result.evidence, patch.evidence, ({ id }) => id),
    fused: replacing(result.fused, patch.fused, fusedId).sort(byTimeAndSubject),
    tracks: patch.tracks.reduce(
      (tracks, piece) => patched(tracks, piece),
      result.tracks.filter(({ subjectId }) => subjects.has(subjectId)),
    ),
    summary: patch.summary,
  };
}

function replacing<T>(
  items: readonly T[],
  { put, removed }: { put: T[]; removed: string[] },
  idOf: (item: T) => string,
): T[] {
  const gone = new Set([...removed, ...put.map(idOf)]);
  return [...items.filter((item) => !gone.has(idOf(item))), ...put];
}

function patched(tracks: FusedTrack[], { fromStep, track: piece }: TrackPiece): FusedTrack[] {
  const at = tracks.findIndex(({ subjectId }) => subjectId === piece.subjectId);
  const before = tracks[at];
  if (!before) return [...tracks, piece];
  const joined = <T>(column: readonly T[], part: readonly T[]): T[] => [
    ...column.slice(0, fromStep),
    ...part,
    ...column.slice(fromStep + part.length),
  ];
  const column = (
    name: 'confidence' | 'abstained' | 'disagreementBits' | 'valence' | 'valenceSd' | 'arousal' | 'arousalSd',
  ) => joined(before[name], piece[name]);
  return tracks.with(at, {
    ...before,
    probabilities: before.probabilities.map((values, c) => joined(values, piece.probabilities[c]!)),
    confidence: column('confidence'),
    abstained: column('abstained'),
    disagreementBits: column('disagreementBits'),
    valence: column('valence'),
    valenceSd: column('valenceSd'),
    arousal: column('arousal'),
    arousalSd: column('arousalSd'),
  });
}
