/** The stages of an analysis, in order; each reports progress, is cached and can be left out by what the recording lacks. */
import { z } from 'zod';

export const STAGES = ['probe', 'speakers', 'speech', 'voice', 'text', 'face', 'fusion', 'summary'] as const;
export const stage = z.enum(STAGES);
export type Stage = z.infer<typeof stage>;
