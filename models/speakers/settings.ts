/** The numbers of telling speakers apart: `settings` of models/weights/speaker-embedding. */
import { z } from 'zod';
import { parsedSettings } from '../parsed-settings.ts';

const speakerSettings = z
  .object({
    /** The encoder's output that lies in the voice space. */
    output: z.string(),
    /** Variance over speakers in each dimension of the voice space, where noise has variance 1. */
    between: z.array(z.number().positive()).min(1),
    /** Length of the windows that embeddings are made from … */
    windowMs: z.number().int().positive(),
    /** … and how far apart they may start within a stretch of speech. */
    hopMs: z.number().int().positive(),
    regions: z.object({
      /** Speech begins at this probability of voice activity … */
      onset: z.number(),
      /** … and goes on while it stays above this one. */
      release: z.number(),
      /** Shorter pauses are part of the speech. */
      pauseMs: z.number(),
      /** Shorter speech is none. */
      speechMs: z.number(),
      /** Kept before and after: the detector is slow. */
      paddingMs: z.number().nonnegative(),
    }),
    /** Embeddings that count as independent of each other in a second of one voice … */
    countPerSecond: z.number().positive(),
    /** … and how much they are alike within a stretch of talk: none is worth more than 1 / this. */
    pieceCorrelation: z.number().nonnegative(),
    /** Neighbours whose gain is above this are one piece before any others are compared. */
    joinNeighboursAbove: z.number(),
    /** Two speakers need so much evidence against being one: more with more speech, for moods alone give some as well. */
    apart: z.object({
      evidencePerSecond: z.number().positive(),
      mostEvidence: z.number().positive(),
      /** … of which at most so much of a pair's counts, evenly thinned. */
      mostSeconds: z.number().positive(),
      /** Between so many parts of that evidence the number of speakers is said to be unsure. */
      least: z.number().max(1),
      most: z.number().min(1),
    }),
    /** Two speakers whose gain is above this may be one, or each be a mixture. */
    unsureAbove: z.number(),
    /** Somebody who speaks less in all is not told apart. */
    shortestSpeakerMs: z.number(),
    /** Logarithm of the chance that the speaker changes, in the midst of speech and after a pause. */
    change: z.object({ inSpeech: z.number(), afterPause: z.number() }),
    /** Voices across recordings: the middle of all in the voice space, and what it takes to say that two sound alike. */
    known: z.object({
      centre: z.array(z.number()).min(1),
      /** Cosine from the middle. */
      suggestFrom: z.number(),
      /** Less speech is no voice to remember, or to compare. */
      shortestMs: z.number().positive(),
    }),
    /** Factor on the windows' evidence when turns are found. */
    sharpness: z.number().positive(),
  })
  .refine(
    ({ between, known }) => known.centre.length === between.length,
    'a middle in every dimension of the voice space',
  );
export type SpeakerSettings = z.infer<typeof speakerSettings>;

/** @throws AttuneError 'model-incompatible' */
export const parseSpeakerSettings = (settings: unknown): SpeakerSettings =>
  parsedSettings(speakerSettings, settings, 'speaker');
