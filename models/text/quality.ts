/** How good a text is as material for the model of its language. */
import type { QualityReason } from '#contract/emotion/evidence.ts';
import { lettersOf, looksForeign } from './language.ts';
import { primaryLanguage } from './language-tag.ts';
import { wordsOf } from './normalise.ts';
import { variety } from './repetition.ts';
import type { TokenizedText } from './tokenizer.ts';

/** A text to read, with what is known about it. */
export interface TextItem {
  readonly text: string;
  /** Its language, where it is known: a tag or a name (language-tag.ts). */
  readonly language?: string;
  /** The recogniser's confidence 0..1; null or absent for a text that somebody wrote. */
  readonly recogniserConfidence?: number | null;
  /** What was said before, oldest first. Given at all, even empty, the text is read as a turn of talk. */
  readonly context?: readonly string[];
}

export interface TextQuality {
  readonly quality: number;
  readonly reasons: readonly QualityReason[];
  /** 0..1: how much of the text the model can read at all. Below 1 its answer is drawn towards the base rate. */
  readonly readable: number;
}

const FOREIGN_QUALITY = 0.15;
const UNKNOWN_SHARE_TO_MENTION = 0.2;
const CONFIDENCE_TO_MENTION = 0.6;

/**
 * Product of three shares: letters of the model's scripts, tokens in the vocabulary, and the recogniser's confidence; a text in another
 * language counts FOREIGN_QUALITY, the same signs over and over their variety. Without a letter it is 0.
 *
 * Few words don't lower it: on MELD's talk a text of one to four words says as much about the category as a longer one.
 * @param text normalised
 * @param language of the model that reads it
 */
export function textQuality(
  text: string,
  item: TextItem,
  tokens: TokenizedText,
  language: string,
): TextQuality {
  const letters = lettersOf(text);
  if (letters.all === 0) return { quality: 0, reasons: ['no-letters'], readable: 0 };

  const chinese = language === 'zh';
  const known = (chinese ? letters.latin + letters.han : letters.latin) / letters.all;
  const unknownShare = tokens.tokens > 0 ? tokens.unknown / tokens.tokens : 1;
  const foreign =
    isOther(item.language, language) ||
    known < 0.5 ||
    (!chinese && looksForeign(wordsOf(text), tokens.continuations));
  const reasons: QualityReason[] = [];
  if (foreign) reasons.push('other-language');
  if (unknownShare > UNKNOWN_SHARE_TO_MENTION) reasons.push('unknown-words');
  const varied = variety(text);
  if (varied < 1) reasons.push('repetition');
  const confidence = item.recogniserConfidence ?? 1;
  if (confidence < CONFIDENCE_TO_MENTION) reasons.push('recogniser-unsure');

  const readable = known * (1 - unknownShare) * (foreign ? FOREIGN_QUALITY : 1) * varied;
  return { quality: readable * confidence, reasons, readable };
}

/** A tag that names neither the model's language nor none. English words in a text that is tagged Chinese are no surprise, and the other way round. */
const isOther = (tag: string | undefined, language: string): boolean =>
  tag !== undefined && !['auto', 'en', 'zh', 'yue', language].includes(primaryLanguage(tag));
