/**
 * How long a passphrase holds, guessed from its shape. Deliberately pessimistic: repeats, runs and years count little, and a word
 * counts as one of a common list. It is a hint beside the field, not a promise.
 */
import { MIN_PASSPHRASE_LENGTH } from '#contract/workspace/status.ts';

export const STRENGTHS = ['short', 'weak', 'fair', 'good', 'strong'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Bits of one word out of a list of about 2,000, and of one odd character. */
const WORD_BITS = 11;
const OTHER_BITS = 5;

const isRun = (text: string): boolean => {
  const codes = Array.from(text, (c) => c.codePointAt(0)!);
  const steps = codes.slice(1).map((code, i) => code - codes[i]!);
  return (
    text.length > 2 &&
    (steps.every((s) => s === 1) || steps.every((s) => s === -1) || steps.every((s) => s === 0))
  );
};

/** Estimated bits of one piece without spaces. */
function pieceBits(piece: string): number {
  if (isRun(piece)) return 4;
  if (/^(19|20)\d\d$/.test(piece)) return 6;
  if (/^\d+$/.test(piece)) return piece.length * 3;
  const han = piece.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = piece.match(/[a-z]{3,}|[A-Z][a-z]+/gu) ?? [];
  const letters = words.reduce((n, word) => n + word.length, 0);
  const rest = new Set(piece.replace(/\p{Script=Han}/gu, '')).size - new Set(words.join('')).size;
  return (
    words.length * WORD_BITS +
    han * 8 +
    Math.max(0, Math.min(piece.length - letters - han, rest)) * OTHER_BITS
  );
}

export function strengthOf(passphrase: string): Strength {
  if (Array.from(passphrase).length < MIN_PASSPHRASE_LENGTH) return 'short';
  const pieces = new Set(passphrase.trim().split(/[\s._-]+/u));
  const bits = [...pieces].reduce((sum, piece) => sum + pieceBits(piece), 0);
  if (bits < 28) return 'weak';
  if (bits < 40) return 'fair';
  return bits < 56 ? 'good' : 'strong';
}
