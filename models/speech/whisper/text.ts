/** Whisper's tokens as text, and text as its words. */
import { Tokenizer } from '@huggingface/tokenizers';
import { tokens as wordsOf } from '#contract/transcript/edit/words.ts';
import { AttuneError } from '#contract/errors.ts';
import { tokensOfWords, type WordTokens } from '../word-times.ts';

export interface WhisperText {
  /** Text of tokens, trimmed; half a character at an end is left out. */
  textOf(ids: readonly number[]): string;
  /** The words of the tokens' text: between spaces, and as dictionaries cut them where a script has none. */
  wordsOf(ids: readonly number[]): WordTokens[];
  /** Tokens of a text, without special ones. */
  tokensOf(text: string): number[];
}

/** @param tokenizer the parsed tokenizer.json. @throws AttuneError 'model-incompatible' */
export function whisperText(tokenizer: object): WhisperText {
  let own: Tokenizer;
  try {
    own = new Tokenizer(tokenizer, {});
  } catch (cause) {
    throw new AttuneError('model-incompatible', "The tokenizer of a Whisper model can't be read.", { cause });
  }
  const textOf = (ids: readonly number[]): string =>
    ids.length === 0
      ? ''
      : own
          .decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false })
          .replaceAll('\uFFFD', '')
          .replaceAll(/\s+/gu, ' ')
          .trim();
  return {
    textOf,
    wordsOf: (ids) => tokensOfWords(wordsOf(textOf(ids)), ids, textOf),
    tokensOf: (text) => Array.from(own.encode(text, { add_special_tokens: false }).ids),
  };
}
