/** The face stage: which faces are in view, and what they show. */
import type { FaceTrack, Notice } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { parseEmotionSettings } from '#models/face/settings.ts';
import { followFaces, smoothed, toEvidence, toTrack, type Look } from './face-tracks.ts';
import { see } from './see.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

export interface FacesRead {
  /** Longest in view first. */
  tracks: FaceTrack[];
  evidence: Evidence[];
  notices: Notice[];
}

const note = (code: Notice['code'], message: string): Notice => ({ code, stage: 'face', message });

/** A picture that stands for the whole recording: its one look is repeated to the end, so that the timeline shows it. */
function held(looks: Look[], durationMs: number, looksPerSecond: number): Look[] {
  const [look] = looks;
  if (!look) return [];
  const stepMs = Math.round(1000 / looksPerSecond);
  const count = Math.max(1, Math.ceil(durationMs / stepMs));
  return Array.from({ length: count }, (_, i) => ({ ...look, timeMs: i * stepMs }));
}

export async function readFaces(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<FacesRead> {
  const { info, settings } = request;
  const report = context.stage('face');
  if (!info.video) {
    report.skipped();
    return {
      tracks: [],
      evidence: [],
      notices: [note('no-video', 'The recording has no picture, so no faces could be read.')],
    };
  }
  const seen = await see(request, parts, report, context.signal);
  const { still } = info.video;
  const { fineThresholds } = parseEmotionSettings(parts.models.of('face-emotion').settings);
  const model = {
    tag: parts.models.tag('face-emotion'),
    thresholdOf: (label: string) => fineThresholds[label] ?? Infinity,
  };
  const faces = followFaces(seen.frames, still).map(([, looks], i) => ({
    id: `f${i + 1}`,
    looks: still ? held(looks, info.durationMs, settings.facesPerSecond) : smoothed(looks),
  }));
  const notices: Notice[] = [];
  if (faces.length === 0) notices.push(note('no-faces', 'No face was found in the picture.'));
  if (still)
    notices.push(
      note(
        'still-picture',
        'The picture is a still: what it shows says nothing about how the person looked while speaking.',
      ),
    );
  if (seen.damaged) {
    const untilSeconds = Math.round((seen.frames.at(-1)?.timeMs ?? 0) / 1000);
    notices.push(
      note('stopped-early', `The picture is damaged: it could be read for ${untilSeconds} seconds.`),
    );
  }
  return {
    tracks: faces.map(({ id, looks }) => toTrack(id, looks)),
    evidence: faces.flatMap(({ id, looks }) =>
      toEvidence(id, looks, settings.facesPerSecond, info.durationMs, model),
    ),
    notices,
  };
}
