/** What Whisper is told before it writes, and which language it takes speech for. */
import { emptyCache, stepFeeds } from '../merged-decoder.ts';
import { floatOutput, type Tensor, type Run } from '../../tensor.ts';
import type { WhisperSettings } from './settings.ts';
import type { WhisperText } from './text.ts';

/** Said before Chinese, in simplified characters: otherwise it slips into traditional ones, which the text models know less of. */
const SAID_BEFORE: Readonly<Record<string, string>> = { zh: '以下是普通话的句子。' };

/** The tokens that a text in that language begins with. */
export function promptFor(language: string, { tokens }: WhisperSettings, text: WhisperText): number[] {
  const before = SAID_BEFORE[language];
  const own = tokens.languages[language];
  return [
    ...(before === undefined ? [] : [tokens.previous, ...text.tokensOf(before)]),
    tokens.start,
    ...(own === undefined ? [] : [own, tokens.transcribe]),
    tokens.noTimestamps,
  ];
}

export interface DetectedLanguage {
  /** BCP 47 tag. */
  language: string;
  /** Its share among the languages that the model knows. */
  probability: number;
}

/** @param encoded states of a window of speech */
export async function detectLanguage(
  encoded: Tensor,
  decoder: Run,
  settings: WhisperSettings,
): Promise<DetectedLanguage> {
  const known = Object.entries(settings.tokens.languages);
  if (known.length === 0) return { language: 'en', probability: 1 };
  const outputs = await decoder(stepFeeds([settings.tokens.start], encoded, emptyCache(settings), true));
  const logits = floatOutput(outputs, 'logits');
  const highest = Math.max(...known.map(([, token]) => logits[token]!));
  const weights = known.map(([, token]) => Math.exp(logits[token]! - highest));
  const best = weights.indexOf(Math.max(...weights));
  return { language: known[best]![0], probability: 1 / weights.reduce((a, b) => a + b, 0) };
}
