/** From token ids to clean text, and whether it is to be believed. */
import tokenizer from 'llama-tokenizer-js';

/** Ids 0 to 2 are unknown, begin and end; from 32,000 on the model has time and task marks that are no text. */
const FIRST_TEXT_TOKEN = 3;
const TOKENIZER_SIZE = 32_000;

/** Moonshine's ids are those of the Llama tokenizer. Runs of white space become one; broken UTF-8 is left out. */
export function textOf(tokens: readonly number[]): string {
  const known = tokens.filter((token) => token >= FIRST_TEXT_TOKEN && token < TOKENIZER_SIZE);
  if (known.length === 0) return '';
  return tokenizer
    .decode(known, false, true)
    .replaceAll('\uFFFD', '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/ ([,.?!;:])/gu, '$1')
    .replaceAll(/([.?!])(?=\p{Lu}\p{Ll}|I )/gu, '$1 ')
    .trim();
}

/** Sentences that recognisers make up from noise and breath, without letters' case and punctuation. */
const PHANTOMS = new Set([
  'you',
  'thank you',
  'thank you very much',
  'thanks for watching',
  'thank you for watching',
  'bye',
  'okay',
  'oh',
  'so',
  'hmm',
  'music',
  'applause',
]);

export interface BeliefSettings {
  /** Below this mean token probability nothing is believed. */
  minConfidence: number;
  /** A phrase that recognisers make up from noise needs at least this. */
  minPhantomConfidence: number;
}

export const DEFAULT_BELIEF: BeliefSettings = { minConfidence: 0.45, minPhantomConfidence: 0.6 };

/** False for text that an English recogniser likely made up: very unsure, without a letter or digit, in another script, or a well-known phantom that isn't sure. */
export function believable(
  text: string,
  confidence: number,
  settings: BeliefSettings = DEFAULT_BELIEF,
): boolean {
  const bare = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}' ]/gu, '')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(bare) || confidence < settings.minConfidence) return false;
  if (/(?!\p{Script=Latin})\p{L}/u.test(bare)) return false;
  return !PHANTOMS.has(bare) || confidence >= settings.minPhantomConfidence;
}
