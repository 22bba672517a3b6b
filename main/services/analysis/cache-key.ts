/** Keys of cached stages: a hash over everything the stage's outcome depends on. */
import { createHash } from 'node:crypto';

/** Raise a stage's number when its code changes what it gives. */
const STAGE_VERSION = {
  speakers: 1,
  speech: 4,
  language: 1,
  'speech-partial': 2,
  voice: 1,
  voices: 1,
  'speaker-voice': 1,
  text: 3,
  face: 2,
  'face-partial': 2,
  explanation: 4,
} as const;
export type CachedStage = keyof typeof STAGE_VERSION;

/** `inputs` must be plain JSON data: source hash, model tags, settings the stage reads. */
export function cacheKey(stage: CachedStage, inputs: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([stage, STAGE_VERSION[stage], inputs]))
    .digest('hex');
}
