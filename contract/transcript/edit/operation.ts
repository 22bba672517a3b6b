/** Everything that a person can do to a transcript, as data. What each does is in perform.ts. */
import { z } from 'zod';
import { milliseconds } from '../../units.ts';
import { heardEvent } from '../event.ts';
import { speaker } from '../utterance.ts';
import { voiceTurns } from './tell-apart.ts';

const id = z.string().min(1).max(64);
/** A monologue that was brought in may be one utterance. */
const text = z.string().max(2_000_000);
/** A place between two characters of an utterance's text, in UTF-16 units. */
const offset = z.number().int().nonnegative();
const newSpeaker = speaker.extend({ id, label: z.string().min(1).max(200) });

export const replacement = z.object({
  find: z.string().min(1).max(1000),
  with: z.string().max(1000),
  matchCase: z.boolean(),
  wholeWords: z.boolean(),
});
export type Replacement = z.infer<typeof replacement>;

export const editOperation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set-text'), utteranceId: id, text }),
  /** At a place in the text; `atMs` says when, where that is known better than by the words. */
  z.object({ kind: z.literal('split'), utteranceId: id, offset, newId: id, atMs: milliseconds.optional() }),
  /** Two utterances become the first of them. */
  z.object({ kind: z.literal('join'), utteranceId: id, nextId: id }),
  z.object({ kind: z.literal('bounds'), utteranceId: id, startMs: milliseconds, endMs: milliseconds }),
  z.object({
    ...{ kind: z.literal('insert'), newId: id, speakerId: id, text },
    ...{ startMs: milliseconds, endMs: milliseconds },
  }),
  z.object({ kind: z.literal('remove'), utteranceId: id }),
  z.object({ kind: z.literal('replace'), ...replacement.shape }),
  /** A new event, or another kind, time or owner for one that there is. */
  z.object({ kind: z.literal('mark'), event: heardEvent.extend({ id }) }),
  z.object({ kind: z.literal('unmark'), eventId: id }),
  /** One utterance, or all of its speaker's from it on. */
  z.object({
    ...{ kind: z.literal('assign'), utteranceId: id, speakerId: id },
    scope: z.enum(['one', 'from-here']),
  }),
  /** Name, role or colour of a speaker that there is, or a new one. */
  z.object({ kind: z.literal('set-speaker'), speaker: newSpeaker }),
  z.object({ kind: z.literal('merge-speakers'), speakerId: id, intoId: id }),
  /** From this utterance on, its speaker is somebody new. */
  z.object({ kind: z.literal('split-speaker'), utteranceId: id, speaker: newSpeaker }),
  /** A voice that is like another's is nobody else's: the person says so. */
  z.object({ kind: z.literal('not-alike'), speakerId: id }),
  /** Somebody whose voice is remembered is not this speaker. */
  z.object({ kind: z.literal('not-voice'), speakerId: id, voiceId: id }),
  /** Who spoke, worked out anew by the voices; words and marks stay. */
  z.object({ kind: z.literal('tell-apart'), ...voiceTurns.shape }),
]);
export type EditOperation = z.infer<typeof editOperation>;
export type EditKind = EditOperation['kind'];
