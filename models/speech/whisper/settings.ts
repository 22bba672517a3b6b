/** The numbers of a Whisper model, as its import reads them out of the folder: `settings` of its manifest. */
import { z } from 'zod';
import { parsedSettings } from '../../parsed-settings.ts';

const token = z.number().int().nonnegative();

export const whisperSettings = z.object({
  melBands: z.number().int().min(40).max(256),
  layers: z.number().int().min(1).max(64),
  heads: z.number().int().min(1).max(64),
  headSize: z.number().int().min(8).max(256),
  tokens: z.object({
    start: token,
    /** Ends the text; every text token is smaller. */
    end: token,
    transcribe: token,
    noTimestamps: token,
    /** What the first step gives where nobody speaks. */
    noSpeech: token,
    /** What was said before goes behind it. */
    previous: token,
    /** By BCP 47 tag; none for a model of English alone, which is told no language. */
    languages: z.record(z.string(), token),
  }),
  /** Tokens that are never said (noises in brackets, music signs) … */
  suppressed: z.array(token),
  /** … and those that no text begins with. */
  suppressedFirst: z.array(token),
  /** [layer, head] of the cross-attentions that follow the sound; none where the decoder doesn't give them out: then words get no times. */
  alignmentHeads: z.array(z.tuple([token, token])),
});
export type WhisperSettings = z.infer<typeof whisperSettings>;

/** @throws AttuneError 'model-incompatible' */
export const parseWhisperSettings = (settings: unknown): WhisperSettings =>
  parsedSettings(
    whisperSettings,
    settings,
    'Whisper',
    'Remove the model under Models and system and bring it in again.',
  );
