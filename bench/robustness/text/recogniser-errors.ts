/**
 * What the app's own recogniser gets wrong, put into other texts. Its errors are real, made on LibriSpeech's test-other; that they fall on these texts is
 * simulated, since nobody speaks them.
 */
import path from 'node:path';
import { readData } from '#main/services/evaluation/corpora/files.ts';
import { tsvRows } from '#main/services/evaluation/corpora/table.ts';
import type { Reader } from '#main/services/evaluation/predicted.ts';
import { oneOf, type Random } from '#models/metrics/random.ts';
import { samplesOf } from '../../samples-of.ts';
import { alignWords, type Edit } from './align.ts';
import { asSpoken } from './conditions.ts';
import { wordsOf, type Vocabulary } from './vocabulary.ts';

export interface RecogniserErrors {
  readonly clips: number;
  readonly words: number;
  /** Each a share of the words that were said. */
  readonly rates: { readonly replaced: number; readonly leftOut: number; readonly putIn: number };
  readonly replacedBy: ReadonlyMap<string, readonly string[]>;
  readonly putIn: readonly string[];
}

/** Recognises the clips that have a text, and counts. */
export async function recogniserErrors(data: string, by: Reader): Promise<RecogniserErrors> {
  const folder = path.join(data, 'speech', 'librispeech_test_other');
  const rows = tsvRows(await readData(folder, 'refs.tsv')).filter(([, text]) => text);
  const edits: Edit[] = [];
  for (const [file = '', text = ''] of rows) {
    const samples = await samplesOf(path.join(folder, file), by);
    const call = { samples, language: 'en' };
    const heard = await by.inference.call('speech.recognise', call, { signal: by.signal });
    edits.push(...alignWords(wordsOf(text), wordsOf(heard.text)));
  }
  return counted(edits, rows.length);
}

export function counted(edits: readonly Edit[], clips: number): RecogniserErrors {
  const replaced = edits.filter((e) => e.from !== null && e.to !== null && e.from !== e.to);
  const putIn = edits.flatMap((e) => (e.from === null ? [e.to!] : []));
  const words = edits.filter((e) => e.from !== null).length;
  const replacedBy = new Map<string, string[]>();
  for (const { from, to } of replaced) replacedBy.set(from!, [...(replacedBy.get(from!) ?? []), to!]);
  return {
    clips,
    words,
    rates: {
      replaced: replaced.length / words,
      leftOut: edits.filter((e) => e.to === null).length / words,
      putIn: putIn.length / words,
    },
    replacedBy,
    putIn,
  };
}

export const wordErrorRate = ({ rates }: RecogniserErrors): number =>
  rates.replaced + rates.leftOut + rates.putIn;

/** Among this many near words the replacement is drawn. */
const NEAREST = 4;

/**
 * Errors at `factor` times the measured rates. A word that the recogniser really got wrong becomes what it really wrote; any other one becomes a word
 * of the vocabulary that is spelt alike.
 */
export function misheard(
  text: string,
  errors: RecogniserErrors,
  factor: number,
  vocabulary: Vocabulary,
  random: Random,
): string {
  const out: string[] = [];
  for (const word of asSpoken(text).split(' ')) {
    if (errors.putIn.length > 0 && random() < factor * errors.rates.putIn)
      out.push(oneOf(errors.putIn, random));
    const draw = random();
    if (draw < factor * errors.rates.leftOut) continue;
    if (draw >= factor * (errors.rates.leftOut + errors.rates.replaced)) {
      out.push(word);
      continue;
    }
    const real = errors.replacedBy.get(word) ?? vocabulary.near(word, 2).slice(0, NEAREST);
    out.push(real.length > 0 ? oneOf(real, random) : word);
  }
  return out.length > 0 ? out.join(' ') : text;
}
