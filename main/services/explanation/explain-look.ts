/** Why a face reads as it does in the look nearest to a moment. */
import type { FaceTrack } from '#contract/analysis/result.ts';
import { AttuneError } from '#contract/errors.ts';
import type { FaceExplanation } from '#contract/explanation/explanation.ts';
import type { FaceObservation, RgbFrame } from '#main/hosts/inference/tasks.ts';
import { alignedCrop } from '#models/explanation/face/crop.ts';
import { explainFace } from '#models/explanation/face/explain.ts';
import { overlap } from '#models/face/frame.ts';
import { parseEmotionSettings } from '#models/face/settings.ts';
import { cacheKey } from '../analysis/cache-key.ts';
import { FRAME_MAX_HEIGHT, FRAME_MAX_WIDTH } from '../analysis/see.ts';
import { kept } from './kept.ts';
import { checkModel, nothingToExplain, type Asked, type Explaining } from './types.ts';

/** Between two calls others get their turn in the host. */
const CROPS_A_CALL = 12;
/** A found face is the tracked one when they share this much (intersection over union). */
const SAME_FACE = 0.3;

/** @throws AttuneError */
export async function explainLook(request: Asked<'face'>, to: Explaining): Promise<FaceExplanation> {
  const { result, recording, parts, signal } = to;
  const track = result.faces.find(({ id }) => id === request.faceId);
  const evidence = result.evidence.find(({ faceId }) => faceId === request.faceId);
  if (!track || !evidence || track.timesMs.length === 0) throw nothingToExplain();
  checkModel(evidence.model, 'face-emotion', parts);
  const look = nearestLook(track, request.timeMs);
  const timeMs = track.timesMs[look]!;
  const key = cacheKey('explanation', [
    recording.sha256,
    parts.models.fingerprint('face-detection', 'face-emotion'),
    request.faceId,
    timeMs,
  ]);
  return kept(parts.cache, key, async () => {
    const frame = await frameAt(to, timeMs);
    const face = await trackedFace(to, frame, track, look);
    const { template, sidePx } = parseEmotionSettings(parts.models.of('face-emotion').settings);
    const crop = alignedCrop(frame, pairs(face.points), template, sidePx);
    const points = template.map(([x, y]) => ({ x: (x + 0.5) / sidePx, y: (y + 0.5) / sidePx }));
    // The crop is as large for every face: its own size says that it is from a film, as in the analysis, and how much it is worth.
    const facePx = Math.min(face.width, face.height);
    let runs = 0;
    const findings = await explainFace(crop, points, async (crops) => {
      const read = [];
      for (let i = 0; i < crops.length; i += CROPS_A_CALL) {
        const frames = crops.slice(i, i + CROPS_A_CALL).map((one) => ({ ...one, timeMs }));
        const { readings } = await parts.inference.call('face.readCropped', { frames, facePx }, { signal });
        read.push(...readings);
        to.asked((runs += frames.length));
      }
      return read.map(({ probabilities }) => probabilities);
    });
    return {
      modality: 'face',
      model: evidence.model,
      runs,
      faceId: track.id,
      timeMs,
      crop: { sidePx: crop.width, rgb: Buffer.from(crop.rgb).toString('base64') },
      ...findings,
    };
  });
}

function nearestLook({ timesMs }: FaceTrack, timeMs: number): number {
  const away = (i: number): number => Math.abs(timesMs[i]! - timeMs);
  return timesMs.reduce((best, _, i) => (away(i) < away(best) ? i : best), 0);
}

/** The very frame that the analysis looked at: the same rate and size, from the same time on. */
async function frameAt(
  { recording, input, result, parts, signal }: Explaining,
  timeMs: number,
): Promise<RgbFrame> {
  const frames = parts.media.frames(input, recording.media, {
    framesPerSecond: result.settings.facesPerSecond,
    fromMs: timeMs,
    maxWidth: FRAME_MAX_WIDTH,
    maxHeight: FRAME_MAX_HEIGHT,
    signal,
  });
  for await (const frame of frames) return frame;
  throw new AttuneError('media-damaged', 'The recording has no picture at this moment.');
}

async function trackedFace(
  { parts, signal }: Explaining,
  frame: RgbFrame,
  track: FaceTrack,
  look: number,
): Promise<FaceObservation> {
  const box = {
    x: track.x[look]! * frame.width,
    y: track.y[look]! * frame.height,
    width: track.width[look]! * frame.width,
    height: track.height[look]! * frame.height,
  };
  const { faces } = await parts.inference.call('face.find', { frames: [frame] }, { signal });
  const [nearest] = (faces[0] ?? [])
    .map((face) => ({ face, shared: overlap(face, box) }))
    .sort((a, b) => b.shared - a.shared);
  if (nearest && nearest.shared >= SAME_FACE) return nearest.face;
  throw new AttuneError('face-not-found', 'The face could not be found again at this moment.', {
    remedy: 'Choose a moment beside it.',
  });
}

const pairs = (points: readonly number[]): { x: number; y: number }[] =>
  Array.from({ length: points.length / 2 }, (_, i) => ({ x: points[2 * i]!, y: points[2 * i + 1]! }));
