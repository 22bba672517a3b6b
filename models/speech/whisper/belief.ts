/** Whether words were said or made up: the checks of Whisper's own decoding (Radford et al. 2022, section 4.5). */
import { zlibSync } from 'fflate';

/** Text that packs better than this repeats itself. */
const MOST_COMPRESSION = 2.4;
/** Mean log-probability of a token (natural) below which a text is mostly guessed. */
const LEAST_LOG_PROBABILITY = -1;
/** From this probability of silence on, an unsure text is silence. */
const SILENT_FROM = 0.6;

export interface Judged {
  text: string;
  /** Of each token, and of the end where it is known. */
  probabilities: readonly number[];
  noSpeech: number;
}

export type Verdict = 'believed' | 'silence' | 'doubtful';

export function judge({ text, probabilities, noSpeech }: Judged): Verdict {
  const sure = meanLogProbability(probabilities) >= LEAST_LOG_PROBABILITY;
  if (!/[\p{L}\p{N}]/u.test(text)) return 'silence';
  if (!sure && noSpeech > SILENT_FROM) return 'silence';
  if (isPhantom(text) && (noSpeech > SILENT_FROM || mean(probabilities) < PHANTOM_CONFIDENCE))
    return 'silence';
  return sure && compressionRatio(text) <= MOST_COMPRESSION ? 'believed' : 'doubtful';
}

export const meanLogProbability = (probabilities: readonly number[]): number =>
  mean(probabilities.map((p) => Math.log(Math.max(p, 1e-10))));

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export function compressionRatio(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return bytes.length / zlibSync(bytes).length;
}

/** What it writes over silence, music and breath: credits and thanks out of the subtitles that it learned from. */
const PHANTOMS =
  /subtit|untertit|sous-titr|legenda|amara\.org|字幕|ご視聴ありがとう|시청해\s?주셔서|^(thank you|thanks for watching|you|bye|谢谢(大家|观看)?|多谢观看|продолжение следует)[.!。！…]*$/iu;
const PHANTOM_CONFIDENCE = 0.8;
const isPhantom = (text: string): boolean => PHANTOMS.test(text.trim());
