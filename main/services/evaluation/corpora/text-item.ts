import { CONTEXT_UTTERANCES } from '../../analysis/read-text.ts';

/** One text of a corpus, as a row of `attune predict text`, with what is known about it. */
export interface TextItem {
  readonly id: string;
  readonly text: string;
  /** Earlier utterances of the same talk, oldest first. */
  readonly context?: readonly string[];
  /** Rows of one dialogue are alike: they are drawn together in a bootstrap. */
  readonly dialogue?: string;
}

/** Utterances of one dialogue in order, each with as many before it as an analysis gives. */
export function withContext<T extends TextItem>(dialogue: readonly T[]): T[] {
  return dialogue.map((item, i) => ({
    ...item,
    context: dialogue.slice(Math.max(0, i - CONTEXT_UTTERANCES), i).map((earlier) => earlier.text),
  }));
}
