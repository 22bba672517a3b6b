/** One text of a corpus, as a row of `attune predict text`, with what is known about it. */
export interface TextItem {
  readonly id: string;
  readonly text: string;
  /** Earlier utterances of the same talk, oldest first. */
  readonly context?: readonly string[];
  /** Rows of one dialogue are alike: they are drawn together in a bootstrap. */
  readonly dialogue?: string;
}

/** As many earlier utterances as an analysis gives (main/services/analysis/read-text.ts). */
export const CONTEXT_UTTERANCES = 6;

/** Utterances of one dialogue in order, each with those before it. */
export function withContext<T extends TextItem>(dialogue: readonly T[]): T[] {
  return dialogue.map((item, i) => ({
    ...item,
    context: dialogue.slice(Math.max(0, i - CONTEXT_UTTERANCES), i).map((earlier) => earlier.text),
  }));
}
