/** How good a text is as material for the English text model. */
import type { QualityReason } from '#contract/emotion/evidence.ts';
import { latinShare, looksForeign } from './language.ts';
import { normaliseText, wordsOf } from './normalise.ts';
import type { TokenizedText } from './tokenizer.ts';

/** A text to read, with what is known about it. */
export interface TextItem {
  readonly text: string;
  /** BCP 47 tag, where it is known. */
  readonly language?: string;
  /** The recogniser's confidence 0..1; null or absent for a text that somebody wrote. */
  readonly recogniserConfidence?: number | null;
  /** Earlier utterances. Accepted so that callers can pass them; this model was trained on single texts and doesn't read them. */
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
 * Product of three shares: letters of the Latin script, tokens in the vocabulary, and the recogniser's confidence; a text in another
 * language counts FOREIGN_QUALITY. Without a letter it is 0.
 *
 * Few words don't lower it: on MELD's talk a text of one to four words says as much about the category as a longer one (card, section "Length").
 */
export function textQuality(item: TextItem, tokens: TokenizedText): TextQuality {
  const text = normaliseText(item.text);
  const latin = latinShare(text);
  if (latin === undefined) return { quality: 0, reasons: ['no-letters'], readable: 0 };

  const reasons: QualityReason[] = [];
  const words = wordsOf(text);
  const unknownShare = tokens.tokens > 0 ? tokens.unknown / tokens.tokens : 1;
  const foreign = isForeign(item.language) || latin < 0.5 || looksForeign(words, tokens.continuations);
  if (foreign) reasons.push('other-language');
  if (unknownShare > UNKNOWN_SHARE_TO_MENTION) reasons.push('unknown-words');
  const confidence = item.recogniserConfidence ?? 1;
  if (confidence < CONFIDENCE_TO_MENTION) reasons.push('recogniser-unsure');

  const readable = latin * (1 - unknownShare) * (foreign ? FOREIGN_QUALITY : 1);
  return { quality: readable * confidence, reasons, readable };
}

const isForeign = (language: string | undefined): boolean =>
  language !== undefined && language !== 'auto' && language.toLowerCase().split('-')[0] !== 'en';
