/** What is known about one person at one moment: gathered from the result, for the inspector to show. */
import type { AnalysisResult, Subject } from '#contract/analysis/result.ts';
import { argmax, CATEGORIES, type Category, type Distribution } from '#contract/emotion/categories.ts';
import type { Dimensions } from '#contract/emotion/dimensions.ts';
import { MODALITIES, type Evidence, type Modality } from '#contract/emotion/evidence.ts';
import type { Contribution, FusedSpan } from '#contract/emotion/fused.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';
import type { Milliseconds } from '#contract/units.ts';
import { windowsDuring } from './windows.ts';

export interface ModalityRow {
  readonly modality: Modality;
  readonly evidence: Evidence | null;
  readonly contribution: Contribution | null;
}

export interface Moment {
  readonly subject: Subject;
  readonly utterance: Utterance | null;
  /** 'span': one utterance or face window; 'between': the smoothed track only. */
  readonly source: 'span' | 'between';
  readonly probabilities: Distribution;
  readonly top: Category;
  readonly confidence: number;
  readonly abstained: boolean;
  readonly disagreementBits: number | null;
  readonly dimensions: Dimensions;
  readonly modalities: readonly ModalityRow[];
}

const holds = (span: { startMs: number; endMs: number }, timeMs: Milliseconds): boolean =>
  timeMs >= span.startMs && timeMs < span.endMs;

/** The fused span of a subject that holds the time; the latest to start, when several do. */
export const fusedSpanAt = (
  result: AnalysisResult,
  subjectId: string,
  timeMs: Milliseconds,
): FusedSpan | null =>
  result.fused.findLast((f) => f.subjectId === subjectId && holds(f.span, timeMs)) ?? null;

/** Where the nearest span of the subject starts; null when there is none at all. */
export function nearestKnownMs(
  result: AnalysisResult,
  subjectId: string | null,
  timeMs: Milliseconds,
): Milliseconds | null {
  const starts = result.fused.filter((f) => f.subjectId === subjectId).map((f) => f.span.startMs);
  const away = (startMs: Milliseconds): number => Math.abs(startMs - timeMs);
  return starts.length === 0 ? null : starts.reduce((best, s) => (away(s) < away(best) ? s : best));
}

/** Looked for with every step through a talk, among tens of thousands in an hour with a face. */
const byOwner = new WeakMap<AnalysisResult, Map<string, Evidence[]>>();

const ownerOf = ({ modality, faceId, speakerId }: Evidence): string =>
  `${modality} ${(modality === 'face' ? faceId : speakerId) ?? ''}`;

function evidenceOf(result: AnalysisResult, subject: Subject, modality: Modality): readonly Evidence[] {
  const known = byOwner.get(result) ?? new Map<string, Evidence[]>();
  if (!byOwner.has(result)) {
    for (const e of result.evidence) {
      const own = known.get(ownerOf(e));
      if (own) own.push(e);
      else known.set(ownerOf(e), [e]);
    }
    byOwner.set(result, known);
  }
  const owners = modality === 'face' ? subject.faceIds : [subject.speakerId].filter((id) => id !== null);
  const [only = [], ...more] = owners.map((owner) => known.get(`${modality} ${owner}`) ?? []);
  return more.length === 0 ? only : [only, ...more].flat();
}

function evidenceFor(
  result: AnalysisResult,
  subject: Subject,
  modality: Modality,
  timeMs: Milliseconds,
  fused: FusedSpan | null,
): Evidence | null {
  const own = evidenceOf(result, subject, modality);
  const sameUtterance =
    fused?.utteranceId === undefined ? undefined : own.find((e) => e.utteranceId === fused.utteranceId);
  if (modality === 'face' && fused?.utteranceId !== undefined) return windowsDuring(fused.span, own);
  return sameUtterance ?? own.findLast((e) => holds(e.span, timeMs)) ?? null;
}

function fromSpan(result: AnalysisResult, subject: Subject, fused: FusedSpan, timeMs: Milliseconds): Moment {
  const present = new Map(fused.contributions.map((c) => [c.modality, c]));
  return {
    subject,
    utterance: result.transcript.utterances.find(({ id }) => id === fused.utteranceId) ?? null,
    source: 'span',
    probabilities: fused.probabilities,
    top: fused.top,
    confidence: fused.confidence,
    abstained: fused.abstained,
    disagreementBits: fused.contributions.length > 1 ? fused.disagreementBits : null,
    dimensions: fused.dimensions,
    modalities: MODALITIES.map((modality) => {
      const contribution = present.get(modality) ?? null;
      const evidence = contribution ? evidenceFor(result, subject, modality, timeMs, fused) : null;
      return { modality, evidence, contribution };
    }),
  };
}

function fromTrack(result: AnalysisResult, subject: Subject, timeMs: Milliseconds): Moment | null {
  const track = result.tracks.find(({ subjectId }) => subjectId === subject.id);
  if (!track) return null;
  const i = Math.floor(timeMs / track.stepMs);
  const confidence = track.confidence[i] ?? null;
  if (confidence === null) return null;
  const probabilities = track.probabilities.map((values) => values[i] ?? 0);
  const dimension = (
    mean: number | null | undefined,
    sd: number | null | undefined,
  ): Dimensions['valence'] => (typeof mean !== 'number' || typeof sd !== 'number' ? undefined : { mean, sd });
  const valence = dimension(track.valence[i], track.valenceSd[i]);
  const arousal = dimension(track.arousal[i], track.arousalSd[i]);
  return {
    subject,
    utterance: null,
    source: 'between',
    probabilities,
    top: CATEGORIES[argmax(probabilities)]!,
    confidence,
    abstained: track.abstained[i] === 1,
    disagreementBits: null,
    dimensions: { ...(valence ? { valence } : {}), ...(arousal ? { arousal } : {}) },
    modalities: MODALITIES.map((modality) => ({
      modality,
      evidence: evidenceFor(result, subject, modality, timeMs, null),
      contribution: null,
    })),
  };
}

export function momentAt(
  result: AnalysisResult,
  subjectId: string | null,
  timeMs: Milliseconds,
): Moment | null {
  const subject = result.subjects.find(({ id }) => id === subjectId);
  if (!subject) return null;
  const fused = fusedSpanAt(result, subject.id, timeMs);
  return fused ? fromSpan(result, subject, fused, timeMs) : fromTrack(result, subject, timeMs);
}
