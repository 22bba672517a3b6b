/** When each recognised word was said: the decoder's cross-attention, aligned with the sound that isn't silent. */
import { firstFrames } from './alignment.ts';
import { textOf } from './recognised-text.ts';
import { SAMPLE_RATE_HZ } from './voice-activity.ts';

export interface HeardToken {
  id: number;
  probability: number;
  /** How much the decoder looked at each of the encoder's frames. */
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

/** Moonshine's three convolutions (strides 64, 3 and 2): a frame every 24 ms, the first one around sample 447. */
const FRAME_SAMPLES = 384;
const FRAME_MS = (FRAME_SAMPLES * 1000) / SAMPLE_RATE_HZ;
const FIRST_CENTRE = 447;
const HALF_WIDTH = 300;
/** Silent: so far below the loud frames (90th percentile), or so little above the soft ones (5th), in dB. */
const BELOW_LOUD_DB = 30;
const ABOVE_SOFT_DB = 6;

/**
 * @param tokens of the text, without the end
 * @param sound what the encoder heard, 16 kHz
 * @returns the words of `text` in order; none where there are more tokens than frames that sound
 */
export function wordTimes(tokens: readonly HeardToken[], text: string, sound: Float32Array): HeardWord[] {
  const frames = tokens[0]?.attention.length ?? 0;
  const sounding = soundingFrames(sound, frames);
  // Frames of silence go to no word, or a pause would lengthen the word after it.
  const first = firstFrames(
    tokens.map(({ attention }) => Float32Array.from(sounding, (frame) => attention[frame]!)),
  );
  if (first.length === 0) return [];
  const words = tokensOfWords(tokens, text);
  return words.map(({ text: word, from, to }, i) => {
    const start = first[from]!;
    const next = words[i + 1];
    const nextStart = next ? first[next.from]! : sounding.length;
    const last = sounding[Math.max(start, nextStart - 1)]!;
    const limit = sounding[nextStart] ?? frames;
    const own = tokens.slice(from, to + 1);
    return {
      text: word,
      startMs: Math.round(sounding[start]! * FRAME_MS),
      endMs: Math.round(Math.max(sounding[start]! + 1, Math.min(last + 2, limit)) * FRAME_MS),
      confidence: own.reduce((sum, { probability }) => sum + probability, 0) / own.length,
    };
  });
}

function soundingFrames(sound: Float32Array, frames: number): number[] {
  const levels = Array.from({ length: frames }, (_, frame) => {
    const centre = frame * FRAME_SAMPLES + FIRST_CENTRE;
    const around = sound.subarray(centre - HALF_WIDTH, centre + HALF_WIDTH);
    const energy = around.reduce((sum, value) => sum + value * value, 0) / Math.max(1, around.length);
    return 10 * Math.log10(energy + 1e-10);
  });
  const sorted = levels.filter((level) => level > DIGITAL_SILENCE_DB).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const floor = Math.max(at(0.05) + ABOVE_SOFT_DB, at(0.9) - BELOW_LOUD_DB);
  return levels.flatMap((level, frame) => (level > floor ? [frame] : []));
}

const DIGITAL_SILENCE_DB = -99;

/** Tokens `from` to `to` make up each word of the text. Clean text differs from the tokens' own in white space alone. */
function tokensOfWords(
  tokens: readonly HeardToken[],
  text: string,
): { text: string; from: number; to: number }[] {
  const ids = tokens.map(({ id }) => id);
  /** Letters that the text has with each token. */
  const letters = ids.map((_, i) => textOf(ids.slice(0, i + 1)).replaceAll(' ', '').length);
  let said = 0;
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const from = letters.findIndex((count) => count > said);
      said += word.length;
      const to = letters.findIndex((count) => count >= said);
      return { text: word, from: Math.max(0, from), to: Math.max(from, to < 0 ? ids.length - 1 : to) };
    });
}
