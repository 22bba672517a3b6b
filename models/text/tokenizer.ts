/** WordPiece tokens of a text and of what was said before it, as rows that fit the graph. */
import { Tokenizer } from '@huggingface/tokenizers';
import { AttuneError } from '#contract/errors.ts';
import type { TextSettings } from './settings.ts';

/** One row of the graph: [CLS] text [SEP], then what was said before, oldest first, each with a [SEP]. */
export interface TokenRow {
  readonly ids: readonly number[];
  /** How many of them, from the first, are the text itself. */
  readonly target: number;
}

export interface TokenizedText {
  /** One, or several windows of a long text; at least one. */
  readonly rows: readonly TokenRow[];
  /** Tokens of the text that aren't special. */
  readonly tokens: number;
  /** How many of them the vocabulary doesn't know. */
  readonly unknown: number;
  /** How many of them go on a word that the vocabulary doesn't have whole. */
  readonly continuations: number;
}

/** Both normalised; context oldest first. */
export type TokenizeText = (text: string, context: readonly string[]) => TokenizedText;

/** Texts beyond this many characters can't fit the windows anyway; the rest is cut before tokenising. */
const CHARACTERS_PER_TOKEN = 20;

/**
 * A tokeniser from the data of a Hugging Face `tokenizer.json` of type WordPiece.
 * @throws AttuneError 'model-damaged' when the data can't be used
 */
export function createTokenizer(
  data: object,
  { maxTokens, maxWindows, contextTokens }: Pick<TextSettings, 'maxTokens' | 'maxWindows' | 'contextTokens'>,
): TokenizeText {
  const { tokenizer, start, end, unknown } = load(data);
  const inner = maxTokens - 2;
  const maxCharacters = CHARACTERS_PER_TOKEN * inner * maxWindows;
  const idsOf = (text: string, characters: number): readonly number[] =>
    tokenizer.encode(text.slice(0, characters), { add_special_tokens: false }).ids;

  /** The nearest of what was said before, as far as there is room; an utterance that doesn't fit keeps its end. */
  function saidBefore(context: readonly string[], room: number): number[] {
    let before: number[] = [];
    for (const utterance of context.toReversed()) {
      const left = room - before.length;
      if (left < 2) break;
      const nearest = utterance.slice(-CHARACTERS_PER_TOKEN * maxTokens);
      before = [...idsOf(nearest, nearest.length).slice(-(left - 1)), end, ...before];
    }
    return before;
  }

  return (text, context) => {
    const kept = idsOf(text, maxCharacters).slice(0, inner * maxWindows);
    const count = Math.max(1, Math.ceil(kept.length / inner));
    const rows = Array.from({ length: count }, (_, w): TokenRow => {
      const from = Math.round((w * kept.length) / count);
      const to = Math.round(((w + 1) * kept.length) / count);
      const own = [start, ...kept.slice(from, to), end];
      const room = count === 1 ? Math.min(contextTokens, maxTokens - own.length) : 0;
      return { ids: [...own, ...saidBefore(context, room)], target: own.length };
    });
    return {
      rows,
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
