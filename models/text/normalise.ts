/** Emoji and the words that stand for them in this model's training (manifest, `emojiWords`). */
export type EmojiWords = Readonly<Record<string, string>>;

const ENTITIES: EmojiWords = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
// Skin tones, variation selectors, joiners and signs of gender say nothing by themselves.
const SILENT = /[\u{1f3fb}-\u{1f3ff}]|\ufe0e|\ufe0f|\u200d|\u2640|\u2642/gu;

/**
 * What the recipe did before training (recipes/text/data.py, normalise): straight quotes, no HTML entities, an address and an account's
 * name by a word for them, emoji by words, runs of white space one space.
 */
export function normaliseText(text: string, emojiWords: EmojiWords = {}): string {
  const plain = text
    .replace(/[\u2018\u2019\u02bc\u2032]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!)
    .replaceAll('\\n', ' ')
    .replace(/https?:\/\/[^\s\u4e00-\u9fff]+/g, ' link ')
    .replace(/@[A-Za-z0-9_]+/g, '@user')
    .replace(SILENT, '');
  const spoken = /[^\p{ASCII}]/u.test(plain)
    ? Array.from(plain, (c) => (c in emojiWords ? ` ${emojiWords[c]} ` : c)).join('')
    : plain;
  return spoken.replace(/\s+/g, ' ').trim();
}

/** Words of a text: runs of letters, with apostrophes inside. */
export const wordsOf = (text: string): string[] => text.match(/\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*/gu) ?? [];
