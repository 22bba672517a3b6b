/** Speech in many languages to words with Whisper, around two sessions that the caller holds; each graph run can be cancelled by its holder. */
import { seededRandom } from '../../metrics/random.ts';
import { floats, outputOf, type Tensor, type Tensors, type Run } from '../../tensor.ts';
import { wordTimes, type FrameGrid, type HeardToken, type HeardWord } from '../word-times.ts';
import { judge, mean, type Verdict } from './belief.ts';
import { decodeWindow } from './decode.ts';
import { detectLanguage, promptFor, type DetectedLanguage } from './language.ts';
import { logMel } from './mel.ts';
import { packed, type PackedWindow } from './pack.ts';
import type { WhisperSettings } from './settings.ts';
import type { WhisperText } from './text.ts';

export interface Whisper {
  /** `input_features` [1, bands, 3000] -> `last_hidden_state` [1, 1500, width]. */
  encoder: Run;
  /** See merged-decoder.ts; `cross_attentions.L` where the settings name alignment heads. */
  decoder: Run;
  settings: WhisperSettings;
  text: WhisperText;
}

export interface WhisperSpeech {
  /** Empty when there are no words to believe. */
  text: string;
  /** Mean token probability; 0 when nothing was said. */
  confidence: number;
  /** Times from the start of the clip; none where the decoder doesn't say where it looked. */
  words: HeardWord[];
}

const NOTHING: WhisperSpeech = { text: '', confidence: 0, words: [] };
/** Tried one after the other while the text is doubtful; Whisper goes on to 1, where it mostly makes words up. */
const TEMPERATURES = [0, 0.2, 0.4, 0.6];
const SEED = 20;
const FRAME_SAMPLES = 320;
/**
 * A frame every 20 ms. Pauses chosen on 20 RAVDESS sentences: the first word begins 8 ms off on average, over noise 21 ms; the last one ends
 * 90 ms early, since voices fade.
 */
const WHISPER_FRAMES: FrameGrid = {
  frameSamples: FRAME_SAMPLES,
  firstCentre: 160,
  halfWidth: 250,
  pause: { sounding: 0.0015, silent: 0.06 },
};

export function encoderFeeds(samples: Float32Array, melBands: number): Tensors {
  const features = logMel(samples, melBands);
  return { input_features: floats(features, [1, melBands, features.length / melBands]) };
}

async function encode(samples: Float32Array, whisper: Whisper): Promise<Tensor> {
  const { encoder, settings } = whisper;
  return outputOf(await encoder(encoderFeeds(samples, settings.melBands)), 'last_hidden_state');
}

/** @param samples up to 30 s of speech */
export const languageOf = async (samples: Float32Array, whisper: Whisper): Promise<DetectedLanguage> =>
  detectLanguage(await encode(samples, whisper), whisper.decoder, whisper.settings);

/**
 * Words of each stretch of speech (up to 30 s, 16 kHz). Neighbours share a window where the words' times say whose is whose; what is
 * doubtful there, or has no words, is heard again alone.
 */
export async function recogniseClips(
  clips: readonly Float32Array[],
  language: string,
  whisper: Whisper,
): Promise<WhisperSpeech[]> {
  const prompt = promptFor(language, whisper.settings, whisper.text);
  const heard: WhisperSpeech[] = [];
  for (const window of packed(clips, whisper.settings.alignmentHeads.length > 0)) {
    const several = window.places.length > 1 ? await together(window, prompt, whisper) : [];
    for (const [i, { clip }] of window.places.entries())
      heard.push(several[i] ?? (await alone(clips[clip]!, prompt, whisper)));
  }
  return heard;
}

interface Attempt {
  tokens: HeardToken[];
  probabilities: number[];
  text: string;
  noSpeech: number;
  verdict: Verdict;
}

async function attempt(
  encoded: Tensor,
  samples: Float32Array,
  prompt: readonly number[],
  temperature: number,
  { decoder, settings, text: own }: Whisper,
): Promise<Attempt> {
  const decoded = await decodeWindow(encoded, decoder, settings, {
    prompt,
    temperature,
    random: seededRandom(SEED),
    frames: Math.ceil(samples.length / FRAME_SAMPLES),
  });
  const { tokens, noSpeech } = decoded;
  const text = own.textOf(tokens.map(({ id }) => id));
  const probabilities = [...tokens.map(({ probability }) => probability), decoded.endProbability];
  const verdict = judge({ text, probabilities, noSpeech });
  return { tokens, probabilities, text, noSpeech, verdict: decoded.looped ? 'doubtful' : verdict };
}

/** One clip, warmer each time while its text is doubtful; nothing where it stays so. */
async function alone(
  samples: Float32Array,
  prompt: readonly number[],
  whisper: Whisper,
): Promise<WhisperSpeech> {
  const encoded = await encode(samples, whisper);
  for (const temperature of TEMPERATURES) {
    const { tokens, text, probabilities, verdict } = await attempt(
      encoded,
      samples,
      prompt,
      temperature,
      whisper,
    );
    if (verdict === 'silence') return NOTHING;
    if (verdict === 'doubtful') continue;
    return { text, confidence: mean(probabilities), words: timesOf(tokens, samples, whisper) };
  }
  return NOTHING;
}

/** By place in the window; null for a clip that should be heard alone. */
async function together(
  { samples, places }: PackedWindow,
  prompt: readonly number[],
  whisper: Whisper,
): Promise<(WhisperSpeech | null)[]> {
  const encoded = await encode(samples, whisper);
  const { tokens, noSpeech, verdict } = await attempt(encoded, samples, prompt, 0, whisper);
  if (verdict !== 'believed') return places.map(() => null);
  const spoken = whisper.text.wordsOf(tokens.map(({ id }) => id));
  const words = timesOf(tokens, samples, whisper);
  const placeOf = words.map(({ startMs, endMs }) =>
    Math.max(
      0,
      places.findLastIndex(({ from }) => msOf(from) <= (startMs + endMs) / 2),
    ),
  );
  // It may have stopped in the middle of the last clip that has words.
  const stoppedIn = (placeOf.at(-1) ?? 0) < places.length - 1 ? placeOf.at(-1) : undefined;
  return places.map(({ from }, i) => {
    const startMs = msOf(from);
    const mine = words.flatMap((_, k) => (placeOf[k] === i && i !== stoppedIn ? [k] : []));
    const [first, last] = [spoken[mine[0] ?? -1], spoken[mine.at(-1) ?? -1]];
    if (!first || !last) return null;
    const own = tokens.slice(first.from, last.to + 1);
    const text = whisper.text.textOf(own.map(({ id }) => id));
    const probabilities = own.map(({ probability }) => probability);
    if (judge({ text, probabilities, noSpeech }) !== 'believed') return null;
    return {
      text,
      confidence: mean(probabilities),
      words: mine.map((k) => earlier(words[k]!, startMs)),
    };
  });
}

const msOf = (samples: number): number => samples / 16;

const earlier = (word: HeardWord, ms: number): HeardWord => ({
  ...word,
  startMs: Math.max(0, Math.round(word.startMs - ms)),
  endMs: Math.max(0, Math.round(word.endMs - ms)),
});

function timesOf(
  tokens: readonly HeardToken[],
  samples: Float32Array,
  { settings, text }: Whisper,
): HeardWord[] {
  if (settings.alignmentHeads.length === 0) return [];
  return wordTimes(tokens, text.wordsOf(tokens.map(({ id }) => id)), samples, WHISPER_FRAMES);
}
