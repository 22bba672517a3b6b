/** A decoder merged by Optimum (both branches, with and without past, in one graph): what to feed at each step, what to keep. */
import { flag, floats, integers, outputOf, type Tensor, type Tensors } from '../tensor.ts';

export interface DecoderShape {
  layers: number;
  heads: number;
  headSize: number;
}

/** `past_key_values.L.{decoder,encoder}.{key,value}` by input name. */
export type KeyValueCache = Tensors;

function cacheNames(shape: DecoderShape): string[] {
  return Array.from({ length: shape.layers }, (_, layer) =>
    ['decoder', 'encoder'].flatMap((side) => ['key', 'value'].map((part) => `${layer}.${side}.${part}`)),
  ).flat();
}

/** The cache before the first step: every part [1, heads, 0, headSize]. */
export function emptyCache(shape: DecoderShape): KeyValueCache {
  const empty = floats(new Float32Array(0), [1, shape.heads, 0, shape.headSize]);
  return Object.fromEntries(cacheNames(shape).map((name) => [`past_key_values.${name}`, empty]));
}

/**
 * Feeds of one step: the newest tokens, the encoder's states [1, frames, heads * headSize], the cache, and whether to use it.
 * The first step (what the text begins with) fills the cross-attention part of the cache; later ones, a token each, read it.
 */
export function stepFeeds(
  tokens: readonly number[],
  encoded: Tensor,
  cache: KeyValueCache,
  first: boolean,
): Tensors {
  return {
    input_ids: integers(tokens, [1, tokens.length]),
    encoder_hidden_states: encoded,
    use_cache_branch: flag(!first),
    ...cache,
  };
}

/** The cache for the next step: new decoder parts each time; encoder parts only from the first (later they come back empty). */
export function nextCache(
  shape: DecoderShape,
  cache: KeyValueCache,
  outputs: Tensors,
  first: boolean,
): KeyValueCache {
  const next: Record<string, Tensor> = {};
  for (const name of cacheNames(shape)) {
    const input = `past_key_values.${name}`;
    const isKept = name.includes('.encoder.') && !first;
    next[input] = isKept ? outputOf(cache, input) : outputOf(outputs, `present.${name}`);
  }
  return next;
}

/** The likeliest token of the last position of `logits` [1, n, vocabulary], with its probability (softmax). */
export function greedyToken(
  logits: Float32Array,
  vocabulary: number,
): { token: number; probability: number } {
  const offset = logits.length - vocabulary;
  let token = 0;
  let highest = -Infinity;
  for (let i = 0; i < vocabulary; i++) {
    const value = logits[offset + i]!;
    if (value > highest) [token, highest] = [i, value];
  }
  let sum = 0;
  for (let i = 0; i < vocabulary; i++) sum += Math.exp(logits[offset + i]! - highest);
  return { token, probability: 1 / sum };
}
