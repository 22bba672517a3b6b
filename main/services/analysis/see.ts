/** The face stage's costly half: find and read the faces of every sampled frame. What was seen so far survives a cancelled run. */
import type { FaceObservation, RgbFrame } from '#main/hosts/inference/tasks.ts';
import type { StageReport } from '#main/jobs/work.ts';
import { cacheKey } from './cache-key.ts';
import { readCached, writeCached } from './cached.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

export const FRAME_MAX_WIDTH = 640;
export const FRAME_MAX_HEIGHT = 640;
const FRAMES_A_CALL = 8;
const CHECKPOINT_EVERY_MS = 20_000;

export interface SeenFrame {
  timeMs: number;
  width: number;
  height: number;
  faces: FaceObservation[];
}

export interface Seen {
  frames: SeenFrame[];
  damaged: boolean;
}

export async function see(
  request: AnalysisRequest,
  parts: AnalysisParts,
  report: StageReport,
  signal: AbortSignal,
): Promise<Seen> {
  const { input, info, settings, source } = request;
  const models = parts.models.fingerprint('face-detection', 'face-emotion');
  const inputs = [source.sha256, models, settings.facesPerSecond, FRAME_MAX_WIDTH];
  const key = cacheKey('face', inputs);
  const known = await readCached<Seen>(parts.cache, key);
  if (known) {
    report.reused();
    return known;
  }

  const partialKey = cacheKey('face-partial', inputs);
  const frames = (await readCached<SeenFrame[]>(parts.cache, partialKey)) ?? [];
  const seenUntilMs = frames.at(-1)?.timeMs ?? -1;
  let damaged = false;
  let savedAt = Date.now();
  let waiting: RgbFrame[] = [];

  const look = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const { faces } = await parts.inference.call('face.find', { frames: waiting }, { signal });
    waiting.forEach(({ timeMs, width, height }, i) =>
      frames.push({ timeMs, width, height, faces: faces[i] ?? [] }),
    );
    report.progress(Math.min(1, waiting.at(-1)!.timeMs / Math.max(1, info.durationMs)));
    waiting = [];
    if (Date.now() - savedAt > CHECKPOINT_EVERY_MS) {
      await writeCached(parts.cache, partialKey, frames);
      savedAt = Date.now();
    }
  };

  try {
    const video = parts.media.frames(input, info, {
      framesPerSecond: settings.facesPerSecond,
      maxWidth: FRAME_MAX_WIDTH,
      maxHeight: FRAME_MAX_HEIGHT,
      signal,
      onDamage: () => (damaged = true),
    });
    for await (const frame of video) {
      if (frame.timeMs <= seenUntilMs) continue;
      waiting.push(frame);
      if (waiting.length === FRAMES_A_CALL) await look();
      if (info.video?.still) break;
    }
    await look();
  } catch (error) {
    await writeCached(parts.cache, partialKey, frames);
    throw error;
  }
  const seen: Seen = { frames, damaged };
  await writeCached(parts.cache, key, seen);
  report.done();
  return seen;
}
