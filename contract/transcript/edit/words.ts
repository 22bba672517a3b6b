/** Text as words, and words as times where nothing better is known. */
import type { Milliseconds } from '../../units.ts';
import type { Word } from '../utterance.ts';

/** Written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words with the punctuation that touches them. */
export function tokens(text: string): string[] {
  return text
    .split(/\s+/u)
    .filter((piece) => piece !== '')
    .flatMap((piece) => (UNSPACED.test(piece) ? segmented(piece) : [piece]));
}

/** The place nearest to `offset` that is in no word: words without spaces between them can be parted anywhere. */
export function betweenWords(text: string, offset: number): number {
  const start = text.slice(0, offset).search(/\S+$/u);
  const rest = text.slice(offset).search(/\s|$/u);
  if (start < 0 || rest === 0 || UNSPACED.test(text.slice(start, offset + rest))) return offset;
  return offset - start < rest ? start : offset + rest;
}

function segmented(piece: string): string[] {
  const out: string[] = [];
  let opening = '';
  for (const { segment, isWordLike } of segmenter.segment(piece)) {
    if (isWordLike) {
      out.push(opening + segment);
      opening = '';
    } else if (out.length > 0) out.push(`${out.pop() ?? ''}${segment}`);
    else opening += segment;
  }
  return opening === '' ? out : [...out, opening];
}

/** Two stretches of text as one: a space between them, except where the script has none. */
export function joinText(left: string, right: string): string {
  const a = left.trimEnd();
  const b = right.trimStart();
  if (a === '' || b === '') return a + b;
  const first = String.fromCodePoint(b.codePointAt(0)!);
  const last = Array.from(a).at(-1)!;
  const unspaced = (c: string): boolean => UNSPACED.test(c) || /[\u3000-\u303f\uff00-\uffef]/u.test(c);
  return unspaced(last) && unspaced(first) ? a + b : `${a} ${b}`;
}

/** Words one after another over a span, each as long as its share of the letters. A person typed them: nobody is unsure of them. */
export function shared(texts: readonly string[], fromMs: Milliseconds, toMs: Milliseconds): Word[] {
  const lengths = texts.map((text) => Array.from(text).length);
  const total = lengths.reduce((sum, n) => sum + n, 0);
  let before = 0;
  const at = (letters: number): Milliseconds => fromMs + Math.round(((toMs - fromMs) * letters) / total);
  return texts.map((text, i) => {
    const startMs = at(before);
    before += lengths[i]!;
    return { text, startMs, endMs: at(before), confidence: null };
  });
}
