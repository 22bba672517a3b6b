/** The summary stage: shares of time, means, and the moments worth looking at first. */
import type { FusedTrack, Subject } from '#contract/analysis/result.ts';
import type { Moment, SubjectSummary, Summary } from '#contract/analysis/summary.ts';
import { CATEGORIES, argmax } from '#contract/emotion/categories.ts';
import type { Estimate } from '#contract/emotion/dimensions.ts';
import type { FusedSpan } from '#contract/emotion/fused.ts';
import { tokens } from '#contract/transcript/edit/words.ts';
import type { Transcript, Utterance } from '#contract/transcript/utterance.ts';
import { turningPoints } from './turning-points.ts';

const STRONGEST = 5;
const DISPUTED = 3;
/** Moments of one kind lie at least this far apart. */
const APART_MS = 10_000;
/** Less disagreement than this is what the models' own noise gives. */
const DISPUTE_BITS = 0.25;

const unionMs = (utterances: Utterance[]): number => {
  let total = 0;
  let until = 0;
  for (const { startMs, endMs } of [...utterances].sort((a, b) => a.startMs - b.startMs)) {
    total += Math.max(0, endMs - Math.max(startMs, until));
    until = Math.max(until, endMs);
  }
  return total;
};

/** Between spaces, and as dictionaries cut them where a script has none. */
const wordCount = (utterances: Utterance[]): number =>
  utterances.flatMap(({ text }) => tokens(text)).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function meanOf(means: (number | null)[], sds: (number | null)[]): Estimate | undefined {
  let n = 0;
  let mean = 0;
  let variance = 0;
  means.forEach((m, i) => {
    const sd = sds[i];
    if (m === null || sd === null || sd === undefined) return;
    n++;
    mean += m;
    variance += sd * sd;
  });
  // The band's errors are alike from step to step, so averaging over time doesn't narrow them.
  return n > 0 ? { mean: mean / n, sd: Math.sqrt(variance / n) } : undefined;
}

function summariseSubject(track: FusedTrack, utterances: Utterance[]): SubjectSummary {
  const counts = CATEGORIES.map(() => 0);
  let observed = 0;
  let notSure = 0;
  track.confidence.forEach((known, i) => {
    if (known === null) return;
    observed++;
    if (track.abstained[i] === 1) notSure++;
    else counts[argmax(track.probabilities.map((column) => column[i] ?? 0))]!++;
  });
  const sure = Math.max(1, observed - notSure);
  const valence = meanOf(track.valence, track.valenceSd);
  const arousal = meanOf(track.arousal, track.arousalSd);
  return {
    subjectId: track.subjectId,
    observedMs: observed * track.stepMs,
    speechMs: unionMs(utterances),
    shares: counts.map((n) => n / sure),
    notSureShare: observed > 0 ? notSure / observed : 0,
    dimensions: { ...(valence ? { valence } : {}), ...(arousal ? { arousal } : {}) },
  };
}

/** The first `count` spans by `amount`, no two of them close together. */
function standingOut(spans: FusedSpan[], count: number, amount: (s: FusedSpan) => number): FusedSpan[] {
  const chosen: FusedSpan[] = [];
  for (const s of [...spans].sort((a, b) => amount(b) - amount(a))) {
    if (chosen.length === count) break;
    if (chosen.every((c) => Math.abs(c.span.startMs - s.span.startMs) >= APART_MS)) chosen.push(s);
  }
  return chosen;
}

function moments(fused: FusedSpan[], tracks: FusedTrack[]): Moment[] {
  const strong = fused.filter((s) => !s.abstained && s.top !== 'neutral');
  const disputed = fused.filter((s) => s.disagreementBits >= DISPUTE_BITS);
  return [
    ...standingOut(strong, STRONGEST, (s) => s.confidence).map((s) => ({
      kind: 'strongest' as const,
      subjectId: s.subjectId,
      ...s.span,
      category: s.top,
      amount: s.confidence,
    })),
    ...tracks.flatMap(turningPoints),
    ...standingOut(disputed, DISPUTED, (s) => s.disagreementBits).map((s) => ({
      kind: 'disagreement' as const,
      subjectId: s.subjectId,
      ...s.span,
      category: null,
      amount: s.disagreementBits,
    })),
  ].sort((a, b) => a.startMs - b.startMs);
}

export function summarise(
  durationMs: number,
  transcript: Transcript,
  subjects: Subject[],
  fused: FusedSpan[],
  tracks: FusedTrack[],
): Summary {
  const speakerOf = new Map(subjects.map((s) => [s.id, s.speakerId]));
  return {
    durationMs,
    speechMs: unionMs(transcript.utterances),
    wordCount: wordCount(transcript.utterances),
    subjects: tracks.map((track) =>
      summariseSubject(
        track,
        transcript.utterances.filter((u) => u.speakerId === speakerOf.get(track.subjectId)),
      ),
    ),
    moments: moments(fused, tracks),
  };
}
