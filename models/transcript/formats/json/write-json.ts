/** Attune's own JSON: everything that a transcript is. */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { TRANSCRIPT_FORMAT } from './read-json.ts';

export const writeJson = (transcript: Transcript): string =>
  `${JSON.stringify({ format: TRANSCRIPT_FORMAT, version: 1, ...transcript })}\n`;
