/** What was seen in single frames, as faces that last: tracked, smoothed, and summed up in windows of a second. */
import type { FaceTrack } from '#contract/analysis/result.ts';
import type { Evidence, QualityReason, Reading } from '#contract/emotion/evidence.ts';
import { smoothLooks } from '#models/face/smooth.ts';
import { FaceTracker } from '#models/face/tracker.ts';
import { averageReading } from '../average-reading.ts';
import type { SeenFrame } from './see.ts';

const WINDOW_MS = 1000;
/** Fewer looks than this are a passer-by or a false detection. */
const MIN_LOOKS = 3;
/** A reason counts for a window when this share of its looks has it. */
const REASON_SHARE = 0.5;

/** Probability from which a fine label is given. */
export type LabelThreshold = (label: string) => number;

export interface Look {
  timeMs: number;
  /** In fractions of the displayed picture. */
  x: number;
  y: number;
  width: number;
  height: number;
  reading: Reading;
}

/** Faces by id with their looks in order of time, longest in view first. `still`: one frame is all there is. */
export function followFaces(frames: SeenFrame[], still: boolean): [string, Look[]][] {
  const tracker = new FaceTracker();
  const byFace = new Map<string, Look[]>();
  for (const { timeMs, width, height, faces } of frames) {
    const ids = tracker.push(timeMs, faces);
    faces.forEach((face, i) => {
      const look = {
        timeMs,
        x: face.x / width,
        y: face.y / height,
        width: face.width / width,
        height: face.height / height,
        reading: face.reading,
      };
      const looks = byFace.get(ids[i]!);
      if (looks) looks.push(look);
      else byFace.set(ids[i]!, [look]);
    });
  }
  const lasting = [...byFace].filter(([, looks]) => looks.length >= (still ? 1 : MIN_LOOKS));
  return lasting.sort((a, b) => b[1].length - a[1].length);
}

/** Probabilities are smoothed over time, so that a blink or a vowel doesn't read as surprise. */
export function smoothed(looks: Look[]): Look[] {
  const probabilities = smoothLooks(
    looks.map(({ timeMs, reading }) => ({
      timeMs,
      probabilities: reading.probabilities,
      quality: reading.quality,
    })),
  );
  return looks.map((look, i) => ({
    ...look,
    reading: { ...look.reading, probabilities: probabilities[i]! },
  }));
}

export const toTrack = (id: string, looks: Look[]): FaceTrack => ({
  id,
  timesMs: looks.map((l) => l.timeMs),
  x: looks.map((l) => l.x),
  y: looks.map((l) => l.y),
  width: looks.map((l) => l.width),
  height: looks.map((l) => l.height),
  quality: looks.map((l) => l.reading.quality),
  probabilities: looks.map((l) => l.reading.probabilities),
});

/** The mean of a window's readings; its quality is less where few of the expected looks found the face, and a reason needs half of the looks. */
function summarised(looks: Look[], expectedLooks: number, thresholdOf: LabelThreshold): Reading {
  const readings = looks.map((l) => l.reading);
  const mean = averageReading(
    readings.map((reading) => ({ reading, seconds: 1 / expectedLooks })),
    thresholdOf,
  );
  const share = Math.min(1, looks.length / expectedLooks);
  const reasons: QualityReason[] = mean.reasons.filter(
    (reason) => readings.filter((r) => r.reasons.includes(reason)).length >= looks.length * REASON_SHARE,
  );
  if (share < REASON_SHARE) reasons.push('face-few-frames');
  return { ...mean, quality: mean.quality * share, reasons };
}

/** One piece of evidence a second that the face is in view. */
export function toEvidence(
  id: string,
  looks: Look[],
  looksPerSecond: number,
  durationMs: number,
  { tag, thresholdOf }: { tag: string; thresholdOf: LabelThreshold },
): Evidence[] {
  const windows = new Map<number, Look[]>();
  for (const look of looks) {
    const at = Math.floor(look.timeMs / WINDOW_MS);
    windows.set(at, [...(windows.get(at) ?? []), look]);
  }
  return [...windows].map(([at, inWindow]) => ({
    ...summarised(inWindow, looksPerSecond, thresholdOf),
    id: `${id}-${at}`,
    modality: 'face',
    span: {
      startMs: at * WINDOW_MS,
      endMs: Math.min((at + 1) * WINDOW_MS, Math.max(durationMs, at * WINDOW_MS + 1)),
    },
    faceId: id,
    model: tag,
  }));
}
