/** Speakers written before their words: "ANNA: Hello", "安娜：你好", "[Speaker 2] Hello". */
import type { Word } from '#contract/transcript/utterance.ts';
import { eventOf } from '../../events.ts';
import type { RawUtterance } from '../../raw.ts';
import { looksLikeName, speakersAmong } from './speaker-names.ts';

/** Anything but a colon; not what begins with a mark of quotations, lists, asides or sounds. */
const NAME = String.raw`(?=[^:：]*[\p{L}\p{N}\p{Extended_Pictographic}])[^\s:：()[\]{}<>"“”„«»'‘’.…*•♪–—-][^:：]{0,59}`;
const PREFIX = new RegExp(String.raw`^(?:\[([^[\]:：]{1,60})\]\s+|(${NAME})(?::\s+|：\s*))(?=\S)`, 'u');
const PLAIN_NAME = new RegExp(`^${NAME}$`, 'u');
/** "Note: …" may begin any line; a transcript with speakers has a prefix in most of them. */
const LEAST_SHARE = 0.5;

export interface Prefix {
  speaker: string;
  /** Where the words begin. */
  length: number;
  /** In brackets. Without them it takes the other lines to tell a name from words: `speakersAmong`. */
  sure: boolean;
}

/** Null for a line without one. */
export function splitPrefix(text: string): Prefix | null {
  const match = PREFIX.exec(text.slice(0, 150));
  if (match === null) return null;
  const [whole, bracketed, plain = ''] = match;
  if (bracketed === undefined) return { speaker: plain.trim(), length: whole.length, sure: false };
  const heard = eventOf(`[${bracketed}]`) !== null;
  return heard ? null : { speaker: bracketed.trim(), length: whole.length, sure: true };
}

/** The line that `splitPrefix` reads; signs that would end the name early become blanks. */
export function withPrefix(name: string | null, text: string): string {
  if (name === null) return text;
  const safe =
    name
      .replaceAll(/[[\]:：]/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim() || 'Speaker';
  return PLAIN_NAME.test(safe) && looksLikeName(safe) ? `${safe}: ${text}` : `[${safe}] ${text}`;
}

/** Moves prefixes to `speaker` when at least half of the utterances have one; one without goes on with the speaker before. */
export function speakersFromPrefixes(utterances: RawUtterance[]): RawUtterance[] {
  if (utterances.some((utterance) => utterance.speaker !== null)) return utterances;
  const possible = utterances.map(({ text }) => splitPrefix(text));
  const names = speakersAmong(possible.flatMap((prefix) => (prefix?.sure === false ? [prefix.speaker] : [])));
  const prefixes = possible.map((prefix) =>
    prefix !== null && (prefix.sure || names.has(prefix.speaker)) ? prefix : null,
  );
  const found = prefixes.filter((prefix) => prefix !== null).length;
  if (found === 0 || found < utterances.length * LEAST_SHARE) return utterances;
  let speaker: string | null = null;
  return utterances.map((utterance, i) => {
    const prefix = prefixes[i] ?? null;
    // A laugh or a silence that nobody is named for may be anybody's.
    if (prefix === null) return eventOf(utterance.text) === null ? { ...utterance, speaker } : utterance;
    speaker = prefix.speaker;
    const text = utterance.text.slice(prefix.length);
    return { ...utterance, speaker, text, words: afterPrefix(utterance.words, prefix.length) };
  });
}

/** Words that stand in the prefix are no words that were said. */
function afterPrefix(words: readonly Word[], length: number): Word[] {
  let position = 0;
  return words.filter((word) => {
    position += word.text.length + 1;
    return position > length;
  });
}
