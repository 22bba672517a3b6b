/** Speakers and the names that files give them. */
import type { Speaker, Transcript } from '#contract/transcript/utterance.ts';
import { squash, type RawTranscript, type RawUtterance } from './raw.ts';

const UNNAMED = 'Speaker';
const MAX_LABEL_LENGTH = 80;

const labelFrom = (name: string | null): string => squash(name ?? '').slice(0, MAX_LABEL_LENGTH) || UNNAMED;

/** The speakers that say something, and whose each utterance is: those that the file lists in its order, others as they first speak. */
export function assignSpeakers(
  raw: RawTranscript,
  utterances: readonly RawUtterance[],
): { speakers: Speaker[]; idOf: (utterance: RawUtterance) => string } {
  const listed = new Map((raw.speakers ?? []).map((speaker) => [speaker.id, speaker]));
  const byKey = new Map<string, Speaker>();
  const keyOf = ({ speaker }: RawUtterance): string =>
    speaker !== null && listed.has(speaker) ? `id ${speaker}` : `label ${labelFrom(speaker)}`;
  const speaking = new Set(utterances.map(keyOf));
  const add = (key: string, known: Omit<Speaker, 'id'>): void => {
    if (speaking.has(key) && !byKey.has(key))
      byKey.set(key, { ...known, id: `s${byKey.size + 1}`, label: labelFrom(known.label) });
  };
  for (const speaker of listed.values()) add(`id ${speaker.id}`, speaker);
  for (const utterance of utterances)
    add(keyOf(utterance), { label: utterance.speaker ?? '', channel: null });
  return { speakers: [...byKey.values()], idOf: (utterance) => byKey.get(keyOf(utterance))!.id };
}

/** The name of each speaker, by id. */
export function labelsOf({ speakers }: Transcript): (speakerId: string) => string {
  const labels = new Map(speakers.map(({ id, label }) => [id, labelFrom(label)]));
  return (speakerId) => labels.get(speakerId) ?? UNNAMED;
}
