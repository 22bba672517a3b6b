/** The fusion stage: each subject's evidence into one reading an utterance and one track over time. */
import { byTimeAndSubject } from '#contract/analysis/patch.ts';
import type { FusedTrack, Subject } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { FusedSpan } from '#contract/emotion/fused.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';
import { overlapMs } from '#contract/units.ts';
import { fuse } from '#models/fusion/fuse.ts';
import type { FusionSettings } from '#models/fusion/settings.ts';
import { fusedTrack } from '#models/fusion/track.ts';

export const evidenceOf = (subject: Subject, evidence: Evidence[]): Evidence[] =>
  evidence.filter(
    (e) =>
      (e.speakerId !== undefined && e.speakerId === subject.speakerId) ||
      (e.faceId !== undefined && subject.faceIds.includes(e.faceId)),
  );

/** The utterance's own text and voice, and the face's windows by how much of them lies in it. */
function duringUtterance(utterance: Utterance, own: Evidence[]): Evidence[] {
  return own.flatMap((e) => {
    if (e.utteranceId !== undefined) return e.utteranceId === utterance.id ? [e] : [];
    const inside = overlapMs(e.span, utterance) / Math.max(1, e.span.endMs - e.span.startMs);
    return inside > 0 ? [{ ...e, quality: e.quality * inside }] : [];
  });
}

/** One utterance's reading; null where nothing is known about it. */
export function fusedUtterance(
  u: Utterance,
  subjectId: string,
  own: Evidence[],
  settings: FusionSettings,
): FusedSpan | null {
  const said = duringUtterance(u, own);
  if (said.length === 0) return null;
  const span = { startMs: u.startMs, endMs: u.endMs };
  return { ...fuse(said, settings), span, subjectId, utteranceId: u.id };
}

/** Whoever is seen but not heard has a reading a face window. */
export const fusedWindows = (subjectId: string, own: Evidence[], settings: FusionSettings): FusedSpan[] =>
  own.map((e) => ({ ...fuse([e], settings), span: e.span, subjectId }));

export interface Together {
  fused: FusedSpan[];
  tracks: FusedTrack[];
}

export function bringTogether(
  subjects: Subject[],
  utterances: Utterance[],
  evidence: Evidence[],
  durationMs: number,
  stepMs: number,
  settings: FusionSettings,
): Together {
  const fused: FusedSpan[] = [];
  const tracks: FusedTrack[] = [];
  for (const subject of subjects) {
    const own = evidenceOf(subject, evidence);
    if (own.length === 0) continue;
    tracks.push(fusedTrack(subject.id, own, durationMs, stepMs, settings));
    if (subject.speakerId === null) fused.push(...fusedWindows(subject.id, own, settings));
    for (const u of utterances) {
      const reading = u.speakerId === subject.speakerId ? fusedUtterance(u, subject.id, own, settings) : null;
      if (reading) fused.push(reading);
    }
  }
  fused.sort(byTimeAndSubject);
  return { fused, tracks };
}
