/** Where a recogniser was unsure of what it heard. */
import type { Utterance, Word } from '#contract/transcript/utterance.ts';

/** A recogniser this unsure of a word has often misheard it. */
const UNSURE = 0.5;

export const isUnsure = ({ confidence }: Word): boolean => confidence !== null && confidence < UNSURE;

export interface Run {
  readonly text: string;
  readonly unsure: boolean;
}

/** The text as it stands, cut only at words that are unsure: most utterances are one run. */
export function runsOf({ text, words }: Utterance): Run[] {
  const runs: Run[] = [];
  let cut = 0;
  let after = 0;
  for (const word of words) {
    const at = text.indexOf(word.text, after);
    if (at < 0) continue;
    after = at + word.text.length;
    if (!isUnsure(word)) continue;
    if (at > cut) runs.push({ text: text.slice(cut, at), unsure: false });
    runs.push({ text: word.text, unsure: true });
    cut = after;
  }
  if (cut < text.length) runs.push({ text: text.slice(cut), unsure: false });
  return runs;
}
