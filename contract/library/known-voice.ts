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

/** A kept voice as a list shows it. */
export const listedVoice = knownVoice.extend({
  /** Kept with another model than the one in use: it says nothing there, so it is never suggested until it is kept again. */
  outdated: z.boolean(),
});
export type ListedVoice = z.infer<typeof listedVoice>;

export const voiceSuggestion = z.object({
  speakerId: z.string(),
  voiceId: z.string(),
  name: z.string(),
  /** Cosine of the two voices, in [-1, 1]. */
  similarity: z.number(),
});
export type VoiceSuggestion = z.infer<typeof voiceSuggestion>;
