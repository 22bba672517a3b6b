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
  /** One, or several windows of a long text in its order; at least one. */
  readonly rows: readonly TokenRow[];
  /** Tokens of the rows that are the text's own. */
  readonly tokens: number;
  /** How many of them the vocabulary doesn't know. */
  readonly unknown: number;
  /** How many of them go on a word that the vocabulary doesn't have whole. */
  readonly continuations: number;
}

/** Both normalised; context oldest first. */
export type TokenizeText = (text: string, context: readonly string[]) => TokenizedText;

/** A window has room for no more characters than this a token. */
const CHARACTERS_PER_TOKEN = 20;
/** The piece of a word or of a pair of surrogates that a cut may have left at the beginning. */
const CUT_WORD = /^(?:\S{0,40}\s|[\uDC00-\uDFFF])/;

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
  const windowCharacters = CHARACTERS_PER_TOKEN * inner;
  const idsOf = (text: string): readonly number[] =>
    tokenizer.encode(text, { add_special_tokens: false }).ids;

  /**
   * The text's tokens, a window each. Of a text that has more than fit, whole windows spread evenly over it, the first and the last among
   * them; of a very long one only what lies there is tokenised, so that none takes longer than another.
   */
  function windowsOf(text: string): (readonly number[])[] {
    if (text.length > windowCharacters * maxWindows)
      return spread(text.length, windowCharacters, maxWindows).map((from, w) => {
        const part = text.slice(from, from + windowCharacters);
        if (w === maxWindows - 1 && w > 0) return idsOf(part).slice(-inner);
        return idsOf(w === 0 ? part : part.replace(CUT_WORD, '')).slice(0, inner);
      });
    const ids = idsOf(text);
    if (ids.length > inner * maxWindows)
      return spread(ids.length, inner, maxWindows).map((from) => ids.slice(from, from + inner));
    const count = Math.max(1, Math.ceil(ids.length / inner));
    const edge = (w: number): number => Math.round((w * ids.length) / count);
    return Array.from({ length: count }, (_, w) => ids.slice(edge(w), edge(w + 1)));
  }

  /** The nearest of what was said before, as far as there is room; an utterance that doesn't fit keeps its end. */
  function saidBefore(context: readonly string[], room: number): number[] {
    let before: number[] = [];
    for (const utterance of context.toReversed()) {
      const left = room - before.length;
      if (left < 2) break;
      const nearest = utterance.slice(-CHARACTERS_PER_TOKEN * maxTokens);
      before = [...idsOf(nearest).slice(-(left - 1)), end, ...before];
    }
    return before;
  }

  return (text, context) => {
    const windows = windowsOf(text);
    const kept = windows.flat();
    const rows = windows.map((ids): TokenRow => {
      const own = [start, ...ids, end];
      const room = windows.length === 1 ? Math.min(contextTokens, maxTokens - own.length) : 0;
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

/** Where `count` windows of `width` begin that lie evenly over `length`, the first at its beginning, the last at its end. */
const spread = (length: number, width: number, count: number): number[] =>
  Array.from({ length: count }, (_, w) => Math.round((w * (length - width)) / Math.max(1, count - 1)));

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
