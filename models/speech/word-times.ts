/** When each recognised word was said: the decoder's cross-attention, aligned with words and pauses. */
import { aligned, type Stretch } from './alignment.ts';
import { textOf } from './recognised-text.ts';
import { SAMPLE_RATE_HZ } from './voice-activity.ts';

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

/** Moonshine's three convolutions (strides 64, 3 and 2): a frame every 24 ms, the first one around sample 447. */
const FRAME_SAMPLES = 384;
const FIRST_CENTRE = 447;
const HALF_WIDTH = 300;
/** Silent: so far below the loud frames (90th percentile), or so little above the soft ones (5th), in dB. */
const BELOW_LOUD_DB = 25;
const ABOVE_SOFT_DB = 6;
const DIGITAL_SILENCE_DB = -99;
/** Attention that a frame has to get to be a word's and not a pause's. Chosen with the layers, on the same sentences with and without noise. */
const PAUSE = { sounding: 0.014, silent: 0.1 };

/**
 * @param tokens of the text, without the end
 * @param sound what the encoder heard, 16 kHz
 * @returns the words of `text` in order; none where there are more tokens than frames
 */
export function wordTimes(tokens: readonly HeardToken[], text: string, sound: Float32Array): HeardWord[] {
  const frames = tokens[0]?.attention.length ?? 0;
  const sounding = soundingFrames(sound, frames);
  const pause: Stretch = {
    scores: Float32Array.from(sounding, (sounds) => (sounds ? PAUSE.sounding : PAUSE.silent)),
    optional: true,
  };
  const words = tokensOfWords(tokens, text);
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
      startMs: edgeMs(ranges[placeOf[from]!]!.from),
      endMs: edgeMs(ranges[placeOf[to]!]!.to),
      confidence: own.reduce((sum, { probability }) => sum + probability, 0) / own.length,
    };
  });
}

/** Half way between the middle of a frame and that of the one before. */
const edgeMs = (frame: number): number =>
  Math.round(((frame * FRAME_SAMPLES + FIRST_CENTRE - FRAME_SAMPLES / 2) * 1000) / SAMPLE_RATE_HZ);

function soundingFrames(sound: Float32Array, frames: number): boolean[] {
  const levels = Array.from({ length: frames }, (_, frame) => {
    const centre = frame * FRAME_SAMPLES + FIRST_CENTRE;
    const around = sound.subarray(centre - HALF_WIDTH, centre + HALF_WIDTH);
    const energy = around.reduce((sum, value) => sum + value * value, 0) / Math.max(1, around.length);
    return 10 * Math.log10(energy + 1e-10);
  });
  const sorted = levels.filter((level) => level > DIGITAL_SILENCE_DB).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const floor = Math.max(at(0.05) + ABOVE_SOFT_DB, at(0.9) - BELOW_LOUD_DB);
  return levels.map((level) => level > floor);
}

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
