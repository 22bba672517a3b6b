/** Voices kept because a person said so, and whom a voice of another session sounds like: a suggestion, never an assignment. */
import { z } from 'zod';
import { isoTime, milliseconds } from '../units.ts';

export const knownVoice = z.object({
  id: z.string(),
  /** Suggested in this participant's sessions alone. */
  participant: z.string(),
  name: z.string(),
  keptAt: isoTime,
  /** Speech that it was made of. */
  speechMs: milliseconds,
});
export type KnownVoice = z.infer<typeof knownVoice>;

export const voiceSuggestion = z.object({
  speakerId: z.string(),
  voiceId: z.string(),
  name: z.string(),
  /** Cosine of the two voices, in [-1, 1]. */
  similarity: z.number(),
});
export type VoiceSuggestion = z.infer<typeof voiceSuggestion>;
