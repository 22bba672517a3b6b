/** A text as the units that can be left out of it: words with what is written straight after them, and emoji. */

/** Half open, in UTF-16 positions of the text. */
export interface TextUnit {
  readonly start: number;
  readonly end: number;
}

const PICTURE = /\p{Extended_Pictographic}/u;
const BLANK = /^\s+$/u;

/**
 * Words by the rules of Unicode and, for scripts without spaces, a dictionary (Intl.Segmenter). Punctuation belongs to the word that it
 * touches, to the one before rather than the one after: every sign that a model could read is in exactly one unit.
 */
export function unitsOf(text: string, language: string | null): TextUnit[] {
  const units: { start: number; end: number }[] = [];
  let opening: number | null = null;
  let touching = false;
  for (const { segment, index, isWordLike } of segmenterFor(language).segment(text)) {
    const end = index + segment.length;
    if (BLANK.test(segment)) {
      touching = false;
      continue;
    }
    const last = units.at(-1);
    if (isWordLike === true || PICTURE.test(segment)) {
      units.push({ start: opening ?? index, end });
      opening = null;
      touching = true;
    } else if (last && touching) last.end = end;
    else opening ??= index;
  }
  const last = units.at(-1);
  if (last && opening !== null) last.end = text.trimEnd().length;
  return units;
}

/** The text without some of its units; the spaces round them stay, which no model here reads. */
export function textWithout(text: string, units: readonly TextUnit[], left: ReadonlySet<number>): string {
  let out = '';
  let from = 0;
  units.forEach(({ start, end }, i) => {
    if (!left.has(i)) return;
    out += text.slice(from, start);
    from = end;
  });
  return (out + text.slice(from)).trim();
}

function segmenterFor(language: string | null): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language ?? 'en', { granularity: 'word' });
  } catch {
    // Not a language tag: words are then found by their script.
    return new Intl.Segmenter('en', { granularity: 'word' });
  }
}
