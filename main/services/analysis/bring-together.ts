/** The fusion stage: each subject's evidence into one reading an utterance and one track over time. */
import type { FusedTrack, Subject } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { FusedSpan } from '#contract/emotion/fused.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';
import type { Span } from '#contract/units.ts';
import { fuse } from '#models/fusion/fuse.ts';
import type { FusionSettings } from '#models/fusion/settings.ts';
import { fusedTrack } from '#models/fusion/track.ts';

export const evidenceOf = (subject: Subject, evidence: Evidence[]): Evidence[] =>
  evidence.filter(
    (e) =>
      (e.speakerId !== undefined && e.speakerId === subject.speakerId) ||
      (e.faceId !== undefined && subject.faceIds.includes(e.faceId)),
  );

const overlapMs = (a: Span, b: Span): number =>
  Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));

/** The utterance's own text and voice, and the face's windows by how much of them lies in it. */
function duringUtterance(utterance: Utterance, own: Evidence[]): Evidence[] {
  return own.flatMap((e) => {
    if (e.utteranceId !== undefined) return e.utteranceId === utterance.id ? [e] : [];
    const inside = overlapMs(e.span, utterance) / Math.max(1, e.span.endMs - e.span.startMs);
    return inside > 0 ? [{ ...e, quality: e.quality * inside }] : [];
  });
}

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
    if (subject.speakerId === null)
      for (const e of own) fused.push({ ...fuse([e], settings), span: e.span, subjectId: subject.id });
    for (const u of utterances) {
      if (u.speakerId !== subject.speakerId) continue;
      const said = duringUtterance(u, own);
      if (said.length === 0) continue;
      const span = { startMs: u.startMs, endMs: u.endMs };
      fused.push({ ...fuse(said, settings), span, subjectId: subject.id, utteranceId: u.id });
    }
  }
  fused.sort((a, b) => a.span.startMs - b.span.startMs || a.subjectId.localeCompare(b.subjectId));
  return { fused, tracks };
}
