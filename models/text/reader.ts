/** Which model reads a text: that of its language, or both where English and Chinese words stand in one. */
import { HAN_PER_WORD, lettersOf, looksForeign, looksJapanese, modelLanguage } from './language.ts';
import type { TextLanguage } from './language.ts';

/** One model, or both together (mixed.ts). */
export type TextReader = TextLanguage | 'both';

/** A language with less than this share of a text's words hardly decides what the text says. */
const NEGLIGIBLE = 0.05;
const HAN = /\p{Script=Han}/u;
const LATIN = /\p{Script=Latin}/u;
/** Chinese characters and the signs of Chinese writing. */
const CHINESE_RUN = /[\p{Script=Han}\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/gu;
/** What addresses, accounts, files and types ("a@b.org", "report.pdf", "B2") are made of keeps them together: they are no words. */
const BETWEEN_TOKENS = /[^\p{L}\p{M}\p{N}'\u2019._@/:&-]+/u;
const EDGES = /^[^\p{L}\p{N}@]+|[^\p{L}\p{M}\p{N}]+$/gu;
const WORD = /^\p{Script=Latin}[\p{Script=Latin}\p{M}]*(?:['\u2019-][\p{Script=Latin}\p{M}]+)*$/u;
/** In a Chinese text a capital marks a name ("Nokia", "iPhone") or an abbreviation; "I" says something. */
const SAYS_SOMETHING = /^(?:\p{Ll}[^\p{Lu}]+$|I$|I['\u2019])/u;
/** Chinese texts use these as words of their own. */
const LOANS = new Set('app email ktv ok pdf pk ppt vip vs wifi'.split(' '));

/**
 * A word that the other language denies: "我不是 angry" (not "是不是", whether, or "要不", or), "not 生气 with you". Heard by itself it would be
 * heard without its denial.
 */
const DENIED_ACROSS = [
  /(?:(?<![是要好差])不(?:是|太|很|再|算|怎么)?|[没沒]有?(?:很|那么)?|唔係|冇)\s*(?=\p{Script=Latin})/u,
  /(?:\b(?:not|never)|n['\u2019]t)(?:\s+[\p{Script=Latin}'\u2019]+){0,2}\s*(?=\p{Script=Han})/iu,
];

/**
 * Both where English and Chinese words both say something, neither language denies a word of the other, and there is no third language; else
 * the model of the text's language.
 */
export const readerOf = (text: string): TextReader => (isMixed(text) ? 'both' : modelLanguage(text));

/** What the English model is given of a mixed text: it has no words for Chinese characters. */
export const englishPartOf = (text: string): string => text.replace(CHINESE_RUN, ' ').trim();

function isMixed(text: string): boolean {
  if (!HAN.test(text) || !LATIN.test(text)) return false;
  const { all, latin, han } = lettersOf(text);
  if (latin + han < all || looksJapanese(text, han)) return false;
  if (DENIED_ACROSS.some((pattern) => pattern.test(text))) return false;
  const english = englishWords(text);
  const chinese = han / HAN_PER_WORD;
  return (
    Math.min(chinese, english.length) >= NEGLIGIBLE * (chinese + english.length) &&
    english.some((word) => SAYS_SOMETHING.test(word) && !LOANS.has(word)) &&
    !looksForeign(english, 0)
  );
}

const englishWords = (text: string): string[] =>
  englishPartOf(text)
    .split(BETWEEN_TOKENS)
    .map((token) => token.replace(EDGES, ''))
    .filter((token) => WORD.test(token));
