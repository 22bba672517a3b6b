/** What rows of other people's annotation files are for, by their names: "Anna", "Anna - words", "Anna - phones" (as the Montreal aligner writes). */

export type TierUse = 'utterances' | 'words' | 'sounds';

const WORDS = /^(.*?)(?:\s*[-–:_/.]\s*|\s+|^)words?$/i;
const SOUNDS = /^(.*?)(?:\s*[-–:_/.]\s*|\s+|^)(?:phones?|phonemes?|segments?|syllables?)$/i;
/** Names that say what the row is, not whose. */
const NOBODY =
  /^(?:utterances?|sentences?|orthography|ort|transcripts?|transcriptions?|text|speech|ipus?|intervals?|labels?|events?)?$/i;

/** `speaker`: null where the name is no person's. */
export function tierUse(name: string): { use: TierUse; speaker: string | null } {
  const sounds = SOUNDS.exec(name.trim());
  if (sounds !== null) return { use: 'sounds', speaker: person(sounds[1]!) };
  const words = WORDS.exec(name.trim());
  if (words !== null) return { use: 'words', speaker: person(words[1]!) };
  return { use: 'utterances', speaker: person(name) };
}

const person = (name: string): string | null => (NOBODY.test(name.trim()) ? null : name.trim());
