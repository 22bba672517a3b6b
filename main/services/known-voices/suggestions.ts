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

/** One to one, from the likest pair down; none below `suggestFrom`, and none that a person said no to. */
export function suggestions(
  heard: readonly HeardSpeaker[],
  known: readonly StoredVoice[],
  suggestFrom: number,
): VoiceSuggestion[] {
  const [likest] = known
    .flatMap(({ known: { id: voiceId, name }, values }) => {
      const possible = heard.filter(({ speaker }) => !speaker.notVoices?.includes(voiceId));
      const pairs = mostAlike(
        possible.map((each) => each.values),
        [values],
        suggestFrom,
      );
      return pairs.map((pair) => ({
        ...{ speakerId: possible[pair.heard]!.speaker.id, voiceId, name },
        similarity: pair.similarity,
      }));
    })
    .sort((a, b) => b.similarity - a.similarity);
  if (!likest) return [];
  const others = heard.filter(({ speaker }) => speaker.id !== likest.speakerId);
  const rest = known.filter((voice) => voice.known.id !== likest.voiceId);
  return [likest, ...suggestions(others, rest, suggestFrom)];
}
