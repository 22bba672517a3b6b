/** One window of sound to tokens: Whisper's own decoding, a token at a time (Radford et al. 2022, section 4.5). */
import type { Random } from '../../metrics/random.ts';
import { emptyCache, nextCache, stepFeeds } from '../merged-decoder.ts';
import { loopStart } from '../repetition.ts';
import { floatOutput, type Tensor, type Tensors, type Run } from '../../tensor.ts';
import type { HeardToken } from '../word-times.ts';
import type { WhisperSettings } from './settings.ts';

/** Of the decoder's 448 positions, what is left for the text beside the prompt. */
const MOST_TOKENS = 400;

export interface DecodeOptions {
  /** What the text begins with: see promptFor. */
  prompt: readonly number[];
  /** 0: always the likeliest token. */
  temperature: number;
  random: Random;
  /** Encoder frames that hold sound; attention to the silence behind them is left out. */
  frames: number;
}

export interface DecodedWindow {
  /** Without the end; `attention` is empty where the decoder gives none. */
  tokens: HeardToken[];
  /** Of the end token; 1 where the text broke off without one. */
  endProbability: number;
  /** That nobody speaks, as the first step has it. */
  noSpeech: number;
  /** It ended in a loop, which was cut. */
  looped: boolean;
}

/** @param encoded states [1, 1500, width] */
export async function decodeWindow(
  encoded: Tensor,
  decoder: Run,
  settings: WhisperSettings,
  { prompt, temperature, random, frames }: DecodeOptions,
): Promise<DecodedWindow> {
  const { tokens: special, suppressed, suppressedFirst } = settings;
  const tokens: HeardToken[] = [];
  let cache = emptyCache(settings);
  let fed = prompt;
  let noSpeech = 0;
  for (let step = 0; step < MOST_TOKENS; step++) {
    const outputs = await decoder(stepFeeds(fed, encoded, cache, step === 0));
    const vocabulary = outputs['logits']?.dims.at(-1) ?? 0;
    const logits = floatOutput(outputs, 'logits');
    if (step === 0)
      noSpeech = shareOf(special.noSpeech, rowOf(logits, vocabulary, prompt.indexOf(special.start)));
    const row = rowOf(logits, vocabulary, fed.length - 1).slice(0, special.end + 1);
    for (const token of suppressed) if (token < special.end) row[token] = -Infinity;
    if (step === 0) for (const token of suppressedFirst) row[token] = -Infinity;
    const { token, probability } = choose(row, temperature, random);
    if (token === special.end) return { tokens, endProbability: probability, noSpeech, looped: false };
    tokens.push({ id: token, probability, attention: attentionOf(outputs, fed.length, frames, settings) });
    const keep = loopStart(tokens.map(({ id }) => id));
    if (keep !== null) return { tokens: tokens.slice(0, keep), endProbability: 1, noSpeech, looped: true };
    cache = nextCache(settings, cache, outputs, step === 0);
    fed = [token];
  }
  return { tokens, endProbability: 1, noSpeech, looped: false };
}

const rowOf = (logits: Float32Array, vocabulary: number, row: number): Float32Array =>
  logits.subarray(row * vocabulary, (row + 1) * vocabulary);

/** Softmax of one of them. */
export function shareOf(token: number, logits: Float32Array): number {
  // Half a hundred thousand of them at every step: plain loops are several times faster than reduce.
  let highest = -Infinity;
  for (const value of logits) if (value > highest) highest = value;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - highest);
  return Math.exp(logits[token]! - highest) / sum;
}

/** With its probability at temperature 1, whatever it was drawn at. */
function choose(
  logits: Float32Array,
  temperature: number,
  random: Random,
): { token: number; probability: number } {
  let token = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[token]!) token = i;
  if (temperature > 0) {
    const highest = logits[token]!;
    const weights = logits.map((value) => Math.exp((value - highest) / temperature));
    let left = random() * weights.reduce((a, b) => a + b, 0);
    token = weights.findIndex((weight) => (left -= weight) < 0);
    if (token < 0) token = weights.length - 1;
  }
  return { token, probability: shareOf(token, logits) };
}

/** How much the step looked at each frame, 1 in all: the mean of the heads that follow the sound. */
function attentionOf(
  outputs: Tensors,
  fed: number,
  frames: number,
  { alignmentHeads, heads }: WhisperSettings,
): Float32Array {
  if (alignmentHeads.length === 0) return new Float32Array(0);
  const mean = new Float32Array(frames);
  for (const [layer, head] of alignmentHeads) {
    // [1, heads, fed, frames of the window]
    const all = floatOutput(outputs, `cross_attentions.${layer}`);
    const width = all.length / (heads * fed);
    const from = (head * fed + fed - 1) * width;
    for (let i = 0; i < frames; i++) mean[i]! += all[from + i]!;
  }
  const sum = mean.reduce((a, b) => a + b, 0) || 1;
  return mean.map((value) => value / sum);
}
