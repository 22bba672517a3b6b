/** Speakers written before their words: "ANNA: Hello", "[Speaker 2] Hello". */
import type { RawUtterance } from './raw.ts';

const PREFIX = /^(?:\[([^[\]:]{1,40})\]|([\p{L}\p{N}][\p{L}\p{N} ._'’()-]{0,39}):)\s+(?=\S)/u;
/** "Note: …" may begin any line; a transcript with speakers has a prefix in most of them. */
const LEAST_SHARE = 0.5;

/** Moves prefixes to `speaker` when at least half of the utterances have one; one without goes on with the speaker before. */
export function speakersFromPrefixes(utterances: RawUtterance[]): RawUtterance[] {
  if (utterances.some((utterance) => utterance.speaker !== null)) return utterances;
  const prefixes = utterances.map(({ text }) => PREFIX.exec(text.slice(0, 60)));
  const found = prefixes.filter((prefix) => prefix !== null).length;
  if (found === 0 || found < utterances.length * LEAST_SHARE) return utterances;
  let speaker: string | null = null;
  return utterances.map((utterance, i) => {
    const prefix = prefixes[i];
    if (prefix) speaker = (prefix[1] ?? prefix[2] ?? '').trim();
    return { ...utterance, speaker, text: utterance.text.slice(prefix?.[0].length ?? 0) };
  });
}
