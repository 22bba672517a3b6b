/** What one modality says about one span, how good its material was, and why it was less than good. */
import { z } from 'zod';
import { probability, span } from '../units.ts';
import { category, distribution } from './categories.ts';
import { dimensions } from './dimensions.ts';

export const MODALITIES = ['text', 'voice', 'face'] as const;
export const modality = z.enum(MODALITIES);
export type Modality = z.infer<typeof modality>;

export const QUALITY_REASONS = [
  // text
  'few-words',
  'unknown-words',
  'other-language',
  'recogniser-unsure',
  'no-letters',
  'repetition',
  // voice
  'short',
  'quiet',
  'clipped',
  'noisy',
  'unvoiced',
  'no-speech',
  'others-speak',
  'baseline-used',
  'baseline-too-little-speech',
  // face
  'face-small',
  'face-blurred',
  'face-turned',
  'face-covered',
  'face-dark',
  'face-bright',
  'face-uncertain',
  'face-few-frames',
  'face-owner-assumed',
] as const;
export const qualityReason = z.enum(QUALITY_REASONS);
export type QualityReason = z.infer<typeof qualityReason>;

/** What a model reads from one item, before it is placed in time. */
export const reading = z.object({
  probabilities: distribution,
  /** Finer labels of this modality's own model (the 28 of GoEmotions, calm, boredom, contempt), each 0..1. */
  fine: z.record(z.string(), probability),
  /** Fine labels above their own thresholds. */
  labels: z.array(z.string()),
  dimensions,
  /** How strongly each of these categories is expressed, 0..1; only where the model rates it. */
  intensity: z.partialRecord(category, probability).optional(),
  /** 0: worthless material, 1: as good as what the model was trained on. Measured, never guessed. */
  quality: probability,
  reasons: z.array(qualityReason),
});
export type Reading = z.infer<typeof reading>;

export const evidence = reading.extend({
  id: z.string(),
  modality,
  span,
  utteranceId: z.string().optional(),
  speakerId: z.string().optional(),
  faceId: z.string().optional(),
  /** `id@version` of the model; of both text models with " + " between them where they read one text together. */
  model: z.string(),
});
export type Evidence = z.infer<typeof evidence>;
