/** English speech to text with Moonshine: greedy decoding around two sessions that the caller holds. */
import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { emptyCache, greedyToken, nextCache, stepFeeds } from './merged-decoder.ts';
import { attentionOf, MOONSHINE_TINY, type MoonshineShape } from './moonshine-decoder.ts';
import { believable, textOf } from './recognised-text.ts';
import { loopStart } from './repetition.ts';
import { floatOutput, floats, outputOf, type Tensor, type Tensors, type Run } from '../tensor.ts';
import { MOONSHINE_FRAMES, tokensOfWords, wordTimes, type HeardToken, type HeardWord } from './word-times.ts';

/** More tokens than anybody says: the model card's own limit against made-up words (6.5 a second), and a few for very short speech. */
const TOKENS_PER_SECOND = 6.5;
const EXTRA_TOKENS = 6;
/**
 * Silence around the speech. Sentences lose fewer words at their edges with it (word error rate .114 instead of .129 on 37 LibriSpeech
 * test-other clips), but short answers ("Okay.") often drown in it, so they are first heard without.
 */
const MARGIN_SAMPLES = SAMPLE_RATE_HZ / 5;
const MARGIN_FROM_SAMPLES = 3 * SAMPLE_RATE_HZ;
/** Words that are only heard the second time need more. */
const SECOND_CONFIDENCE = 0.6;
/** The encoder gives no frame for less than some 0.06 s. */
const SHORTEST_SAMPLES = SAMPLE_RATE_HZ / 4;

export interface MoonshineSessions {
  /** `input_values` [1, samples] -> `last_hidden_state` [1, frames, width]. */
  encoder: Run;
  /** See stepFeeds, nextCache and CROSS_ATTENTION for its names. */
  decoder: Run;
}

export interface RecognisedSpeech {
  /** Empty when there are no words to believe. */
  text: string;
  /** Mean token probability, end token included; 0 when nothing was said. */
  confidence: number;
  /** With their times from the start of the samples. */
  words: HeardWord[];
}

interface Decoded {
  text: string;
  confidence: number;
  tokens: HeardToken[];
}

/** The encoder's input for a stretch of 16 kHz mono speech with `margin` samples of silence on both sides, never shorter than 0.25 s. */
export function encoderFeeds(samples: Float32Array, margin = 0): Tensors {
  const padded = new Float32Array(Math.max(SHORTEST_SAMPLES, samples.length + 2 * margin));
  padded.set(samples, margin);
  return { input_values: floats(padded, [1, padded.length]) };
}

export function tokenLimit(samples: number): number {
  return Math.ceil((samples / SAMPLE_RATE_HZ) * TOKENS_PER_SECOND) + EXTRA_TOKENS;
}

/** Words of one stretch of speech (best up to about 15 s); listens a second time, with or without silence around it, when there were none. Two runs of a session never overlap. */
export async function recognise(
  samples: Float32Array,
  sessions: MoonshineSessions,
  shape: MoonshineShape = MOONSHINE_TINY,
): Promise<RecognisedSpeech> {
  const margins = samples.length >= MARGIN_FROM_SAMPLES ? [MARGIN_SAMPLES, 0] : [0, MARGIN_SAMPLES];
  for (const margin of margins) {
    const feeds = encoderFeeds(samples, margin);
    const encoded = outputOf(await sessions.encoder(feeds), 'last_hidden_state');
    const limit = tokenLimit(samples.length);
    const { text, confidence, tokens } = await decodeWords(encoded, limit, sessions.decoder, shape);
    if (text === '' || (margin !== margins[0] && confidence < SECOND_CONFIDENCE)) continue;
    const ids = tokens.map(({ id }) => id);
    const spoken = tokensOfWords(text.split(' ').filter(Boolean), ids, textOf);
    const words = wordTimes(tokens, spoken, floatOutput(feeds, 'input_values'), MOONSHINE_FRAMES);
    return { text, confidence, words: words.map((word) => without(margin, samples.length, word)) };
  }
  return { text: '', confidence: 0, words: [] };
}

/** As if there had been no silence around the samples. */
function without(margin: number, samples: number, word: HeardWord): HeardWord {
  const ms = (count: number): number => Math.round((count * 1000) / SAMPLE_RATE_HZ);
  const within = (time: number): number => Math.min(Math.max(0, time - ms(margin)), ms(samples));
  return { ...word, startMs: within(word.startMs), endMs: within(word.endMs) };
}

/** Greedy decoding of encoder states [1, frames, width]: until the end token, the limit, or a loop. */
export async function decodeWords(
  encoded: Tensor,
  limit: number,
  decoder: Run,
  shape: MoonshineShape = MOONSHINE_TINY,
): Promise<Decoded> {
  const tokens: HeardToken[] = [];
  const probabilities: number[] = [];
  let cache = emptyCache(shape);
  let token = shape.beginToken;
  for (let step = 0; step < limit; step++) {
    const outputs = await decoder(stepFeeds([token], encoded, cache, step === 0));
    const vocabulary = outputs['logits']?.dims.at(-1) ?? 0;
    const next = greedyToken(floatOutput(outputs, 'logits'), vocabulary);
    probabilities.push(next.probability);
    if (next.token === shape.endToken) break;
    const attention = attentionOf(outputs, encoded.dims[1] ?? 0);
    tokens.push({ id: next.token, probability: next.probability, attention });
    const keep = loopStart(tokens.map(({ id }) => id));
    if (keep !== null) {
      tokens.length = keep;
      probabilities.length = keep;
      break;
    }
    cache = nextCache(shape, cache, outputs, step === 0);
    token = next.token;
  }
  const text = textOf(tokens.map(({ id }) => id));
  const confidence = probabilities.reduce((sum, p) => sum + p, 0) / Math.max(1, probabilities.length);
  return believable(text, confidence)
    ? { text, confidence, tokens }
    : { text: '', confidence: 0, tokens: [] };
}
