/**
 * Brings a result up to a corrected transcript: only words and voices that changed are read again, and only what they bear on is fused
 * again. The outcome is what a whole analysis of the corrected transcript would say.
 */
import type { AnalysisPatch } from '#contract/analysis/patch.ts';
import type { AnalysisResult, Notice, Subject } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { FusedSpan } from '#contract/emotion/fused.ts';
import { applyPatch, fusedId } from '#contract/analysis/patch.ts';
import { difference, same } from '#contract/transcript/edit/change.ts';
import { documentOf } from '#contract/transcript/edit/document.ts';
import type { Transcript, Utterance } from '#contract/transcript/utterance.ts';
import type { Span } from '#contract/units.ts';
import { parseFusionSettings, type FusionSettings } from '#models/fusion/settings.ts';
import { evidenceOf, fusedUtterance, fusedWindows } from './bring-together.ts';
import { rereadText } from './reread-text.ts';
import { rereadVoice } from './reread-voice.ts';
import { retracked } from './retrack.ts';
import { rounded } from './round.ts';
import { whoIsWho } from './subjects.ts';
import { summarise } from './summarise.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

/** @throws AttuneError, 'cancelled' among them; `before` stays as it is. */
export async function reread(
  before: AnalysisResult,
  transcript: Transcript,
  request: Pick<AnalysisRequest, 'input' | 'info' | 'source'>,
  parts: AnalysisParts,
  signal: AbortSignal,
): Promise<AnalysisPatch> {
  const { settings } = before;
  const text = await rereadText(before, transcript, parts, signal);
  const voice = await rereadVoice(before, transcript, request, parts, signal);
  const faces = before.evidence.filter(({ modality }) => modality === 'face');
  const evidence = [...text, ...voice.evidence, ...faces];
  const people = whoIsWho(transcript.speakers, before.faces, settings.onCamera);
  const fusion = {
    ...parseFusionSettings(parts.models.of('fusion').settings),
    abstainBelow: settings.abstainBelow,
  };

  const bySubject = people.subjects.map((subject) => ({
    subject,
    own: evidenceOf(subject, evidence),
    ...changesFor(subject, before, evidence),
  }));
  const fused = bySubject.flatMap((one) => refused(one, before, transcript.utterances, fusion));
  const grid = { durationMs: request.info.durationMs, stepMs: settings.trackStepMs };
  const tracks = [];
  for (const { subject, own, changed } of bySubject)
    tracks.push(...(await retracked(subject.id, own, changed, grid, fusion, signal)));

  const patch: AnalysisPatch = rounded({
    settings,
    transcript: difference(documentOf(before.transcript), documentOf(transcript)),
    speakersFrom: transcript.speakersFrom,
    subjects: people.subjects,
    notices: [...before.notices.filter(({ code }) => !settled(code, before, transcript)), ...people.notices],
    evidence: changedItems(before.evidence, evidence, ({ id }) => id),
    fused: changedItems(before.fused, fused, fusedId),
    tracks,
    summary: before.summary,
  });
  const after = applyPatch(before, patch);
  const summary = summarise(request.info.durationMs, transcript, after.subjects, after.fused, after.tracks);
  return { ...patch, summary: rounded(summary) };
}

/** Notices that are made anew, or that a person's own word on the speakers has answered. */
function settled(code: Notice['code'], before: AnalysisResult, now: Transcript): boolean {
  switch (code) {
    case 'faces-not-linked':
    case 'face-owner-assumed':
      return true;
    case 'speakers-not-separated':
      return now.speakersFrom !== 'not-separated';
    case 'speakers-by-voice':
    case 'speaker-count-unsure':
      return assignedByHand(before.transcript, now);
    case 'baseline-not-used':
      return now.speakersFrom !== 'not-separated' && !now.speakers.some(({ alike }) => alike);
    default:
      return false;
  }
}

/** Somebody said who speaks, or that there are more or fewer people. */
function assignedByHand(before: Transcript, now: Transcript): boolean {
  const was = new Map(before.utterances.map(({ id, speakerId }) => [id, speakerId]));
  return (
    before.speakers.length !== now.speakers.length ||
    now.utterances.some(({ id, speakerId }) => was.has(id) && was.get(id) !== speakerId)
  );
}

interface SubjectChanges {
  /** Where the subject's evidence was or is another. */
  changed: Span[];
  /** The subject is not the same person, in voice and face, as before. */
  other: boolean;
}

function changesFor(subject: Subject, before: AnalysisResult, evidence: Evidence[]): SubjectChanges {
  const was = before.subjects.find(({ id }) => id === subject.id);
  if (was?.speakerId !== subject.speakerId || !same(was.faceIds, subject.faceIds))
    return { other: true, changed: [{ startMs: 0, endMs: before.source.media.durationMs }] };
  const earlier = new Set(evidenceOf(was, before.evidence));
  const now = new Set(evidenceOf(subject, evidence));
  const changed = [...earlier, ...now].filter((e) => !(earlier.has(e) && now.has(e)));
  return { other: false, changed: changed.map(({ span }) => span) };
}

function refused(
  { subject, own, changed, other }: SubjectChanges & { subject: Subject; own: Evidence[] },
  before: AnalysisResult,
  utterances: readonly Utterance[],
  fusion: FusionSettings,
): FusedSpan[] {
  const known = new Map(before.fused.filter((f) => f.subjectId === subject.id).map((f) => [fusedId(f), f]));
  if (subject.speakerId === null) return other ? fusedWindows(subject.id, own, fusion) : [...known.values()];
  const touched = (u: Utterance): boolean =>
    changed.some(({ startMs, endMs }) => startMs < u.endMs && u.startMs < endMs);
  return utterances
    .filter((u) => u.speakerId === subject.speakerId)
    .flatMap((u) => {
      const earlier = known.get(`${subject.id} ${u.id}`);
      const moved = earlier && (earlier.span.startMs !== u.startMs || earlier.span.endMs !== u.endMs);
      if (earlier && !moved && !touched(u)) return [earlier];
      return fusedUtterance(u, subject.id, own, fusion) ?? [];
    });
}

/** What became another, by identity: what stayed is the same object. */
function changedItems<T>(
  before: readonly T[],
  after: readonly T[],
  idOf: (item: T) => string,
): { put: T[]; removed: string[] } {
  const earlier = new Set(before);
  const ids = new Set(after.map(idOf));
  return {
    put: after.filter((item) => !earlier.has(item)),
    removed: before.map(idOf).filter((id) => !ids.has(id)),
  };
}
