/** When each recognised word was said: the decoder's cross-attention, aligned with words and pauses. */
import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import { aligned, type Stretch } from './alignment.ts';

export interface HeardToken {
  id: number;
  probability: number;
  /** How much the decoder looked at each of the encoder's frames, 1 in all. */
  attention: Float32Array;
}

export interface HeardWord {
  text: string;
  /** Milliseconds from the start of the sound. */
  startMs: number;
  endMs: number;
  /** Mean probability of its tokens. */
  confidence: number;
}

/** How an encoder's frames lie over the sound, and what a pause scores in the decoder's attention to them. */
export interface FrameGrid {
  /** From one frame to the next. */
  frameSamples: number;
  /** The middle of the first one. */
  firstCentre: number;
  /** Around its middle, what a frame's level is measured on. */
  halfWidth: number;
  /** Attention that a frame has to get to be a word's and not a pause's, where there is sound and where there is none. */
  pause: { sounding: number; silent: number };
}

/** Moonshine's three convolutions (strides 64, 3 and 2): a frame every 24 ms. Pauses chosen with the layers, on the same sentences with and without noise. */
export const MOONSHINE_FRAMES: FrameGrid = {
  frameSamples: 384,
  firstCentre: 447,
  halfWidth: 300,
  pause: { sounding: 0.014, silent: 0.1 },
};

/** Silent: so far below the loud frames (90th percentile), or so little above the soft ones (5th), in dB. */
const BELOW_LOUD_DB = 25;
const ABOVE_SOFT_DB = 6;
const DIGITAL_SILENCE_DB = -99;
/** Tokens `from` to `to` make up a word. */
export interface WordTokens {
  text: string;
  from: number;
  to: number;
}

/**
 * @param tokens of the text, without the end
 * @param words of the text, by their tokens
 * @param sound what the encoder heard, 16 kHz
 * @returns the words in order; none where there are more tokens than frames
 */
export function wordTimes(
  tokens: readonly HeardToken[],
  words: readonly WordTokens[],
  sound: Float32Array,
  grid: FrameGrid,
): HeardWord[] {
  const frames = tokens[0]?.attention.length ?? 0;
  const sounding = soundingFrames(sound, frames, grid);
  const pause: Stretch = {
    scores: Float32Array.from(sounding, (sounds) => (sounds ? grid.pause.sounding : grid.pause.silent)),
    optional: true,
  };
  const stretches: Stretch[] = [];
  const placeOf = tokens.map(({ attention }, i) => {
    if (words.some(({ from }) => from === i)) stretches.push(pause);
    return stretches.push({ scores: attention, optional: false }) - 1;
  });
  const ranges = aligned([...stretches, pause], frames);
  if (ranges.length === 0) return [];
  return words.map(({ text: word, from, to }) => {
    const own = tokens.slice(from, to + 1);
    return {
      text: word,
      startMs: edgeMs(ranges[placeOf[from]!]!.from, grid),
      endMs: edgeMs(ranges[placeOf[to]!]!.to, grid),
      confidence: own.reduce((sum, { probability }) => sum + probability, 0) / own.length,
    };
  });
}

/** Half way between the middle of a frame and that of the one before. */
const edgeMs = (frame: number, { frameSamples, firstCentre }: FrameGrid): number =>
  Math.max(0, Math.round(((frame * frameSamples + firstCentre - frameSamples / 2) * 1000) / SAMPLE_RATE_HZ));

function soundingFrames(sound: Float32Array, frames: number, grid: FrameGrid): boolean[] {
  const { frameSamples, firstCentre, halfWidth } = grid;
  const levels = Array.from({ length: frames }, (_, frame) => {
    const centre = frame * frameSamples + firstCentre;
    const around = sound.subarray(Math.max(0, centre - halfWidth), centre + halfWidth);
    const energy = around.reduce((sum, value) => sum + value * value, 0) / Math.max(1, around.length);
    return 10 * Math.log10(energy + 1e-10);
  });
  const sorted = levels.filter((level) => level > DIGITAL_SILENCE_DB).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const floor = Math.max(at(0.05) + ABOVE_SOFT_DB, at(0.9) - BELOW_LOUD_DB);
  return levels.map((level) => level > floor);
}

/**
 * Which tokens make up each of the words.
 * @param textOf the text of tokens, the same that the words are of except for white space
 */
export function tokensOfWords(
  words: readonly string[],
  ids: readonly number[],
  textOf: (ids: readonly number[]) => string,
): WordTokens[] {
  /** Letters that the text has with each token. */
  const letters = ids.map((_, i) => textOf(ids.slice(0, i + 1)).replaceAll(/\s/gu, '').length);
  let said = 0;
  return words.map((text) => {
    const from = letters.findIndex((count) => count > said);
    said += text.length;
    const to = letters.findIndex((count) => count >= said);
    return { text, from: Math.max(0, from), to: Math.max(from, to < 0 ? ids.length - 1 : to) };
  });
}
