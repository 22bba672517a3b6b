/** WordPiece tokens of a text, cut into windows that fit the graph. */
import { Tokenizer } from '@huggingface/tokenizers';
import { AttuneError } from '#contract/errors.ts';
import { normaliseText } from './normalise.ts';

export interface TokenizedText {
  /** Each at most `maxTokens` long, [CLS] … [SEP]; at least one. */
  readonly windows: readonly (readonly number[])[];
  /** Tokens that aren't special. */
  readonly tokens: number;
  /** How many of them the vocabulary doesn't know. */
  readonly unknown: number;
  /** How many of them go on a word that the vocabulary doesn't have whole. */
  readonly continuations: number;
}

export type TokenizeText = (text: string) => TokenizedText;

/** Texts beyond this many characters can't fit the windows anyway; the rest is cut before tokenising. */
const CHARACTERS_PER_TOKEN = 20;

/**
 * A tokeniser from the data of a Hugging Face `tokenizer.json` of type WordPiece.
 * @throws AttuneError 'model-damaged' when the data can't be used
 */
export function createTokenizer(data: object, maxTokens: number, maxWindows: number): TokenizeText {
  const { tokenizer, start, end, unknown } = load(data);
  const inner = maxTokens - 2;
  const maxCharacters = CHARACTERS_PER_TOKEN * inner * maxWindows;

  return (text) => {
    const ids = tokenizer.encode(normaliseText(text.slice(0, maxCharacters)), {
      add_special_tokens: false,
    }).ids;
    const kept = ids.slice(0, inner * maxWindows);
    const count = Math.max(1, Math.ceil(kept.length / inner));
    const windows = Array.from({ length: count }, (_, w) => {
      const from = Math.round((w * kept.length) / count);
      const to = Math.round(((w + 1) * kept.length) / count);
      return [start, ...kept.slice(from, to), end];
    });
    return {
      windows,
      tokens: kept.length,
      unknown: kept.filter((id) => id === unknown).length,
      continuations: kept.filter((id) => tokenizer.id_to_token(id)?.startsWith('##')).length,
    };
  };
}

function load(data: object): { tokenizer: Tokenizer; start: number; end: number; unknown: number } {
  try {
    const tokenizer = new Tokenizer(data, {});
    const [start, end, unknown] = ['[CLS]', '[SEP]', '[UNK]'].map((t) => tokenizer.token_to_id(t));
    if (start === undefined || end === undefined || unknown === undefined)
      throw new Error('special tokens missing');
    return { tokenizer, start, end, unknown };
  } catch (cause) {
    throw new AttuneError('model-damaged', "The text model's vocabulary can't be read.", { cause });
  }
}
