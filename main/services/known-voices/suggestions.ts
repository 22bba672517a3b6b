/** Whom the speakers of a recording sound like. */
import type { VoiceSuggestion } from '#contract/library/known-voice.ts';
import type { Speaker } from '#contract/transcript/utterance.ts';
import type { StoredVoice } from '#main/hosts/database/tasks.ts';
import { mostAlike } from '#models/speakers/known-voice.ts';

export interface HeardSpeaker {
  speaker: Pick<Speaker, 'id' | 'notVoices'>;
  /** See voiceDirection. */
  values: Float32Array;
}

/** See mostAlike; nobody is suggested whom a person said that the speaker is not. */
export const suggestions = (
  heard: readonly HeardSpeaker[],
  known: readonly StoredVoice[],
  suggestFrom: number,
): VoiceSuggestion[] =>
  mostAlike(heard, known, suggestFrom, (h, k) => !h.speaker.notVoices?.includes(k.known.id)).map((pair) => ({
    ...{ speakerId: pair.heard.speaker.id, voiceId: pair.known.known.id, name: pair.known.known.name },
    similarity: pair.similarity,
  }));
