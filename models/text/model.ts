/** Text to emotion: everything round the graph of one language. The inference host runs the graph between `prepare` and `read`. */
import { AttuneError } from '#contract/errors.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import type { Tensors } from '../tensor.ts';
import { paddedInputs, runsByWidth } from './batch.ts';
import type { GraphRow } from './batch.ts';
import { gramBuckets } from './grams.ts';
import { normaliseText } from './normalise.ts';
import { rowOutputs } from './outputs.ts';
import { textQuality } from './quality.ts';
import type { TextItem, TextQuality } from './quality.ts';
import { baseRatesOf, readingOf } from './read.ts';
import { parseTextSettings } from './settings.ts';
import { createTokenizer } from './tokenizer.ts';
import { averaged } from './windows.ts';

interface PreparedItem {
  readonly windowTokens: readonly number[];
  readonly quality: TextQuality;
  /** Read as a turn of talk. */
  readonly talk: boolean;
}

/** One run of the graph and what `read` needs to understand its outputs. */
export interface TextBatch {
  readonly inputs: Tensors;
  readonly items: readonly PreparedItem[];
  /** Where each of `items` stood among those given to `prepare`. */
  readonly places: readonly number[];
}

export interface TextModel {
  /** Texts of like length share a run: an answer's seventh digit may depend on its neighbours, no more of it does. */
  prepare(items: readonly TextItem[]): TextBatch[];
  /** Readings in the order of the batch's items; `labels` are most probable first. @throws AttuneError 'model-incompatible' */
  read(batch: TextBatch, outputs: Tensors): Reading[];
  /** The probabilities of a text that can't be read at all. @param talk it is a turn of talk */
  baseRates(talk: boolean): readonly number[];
}

/**
 * @param tokenizerData the parsed file of role 'tokenizer'
 * @throws AttuneError 'model-incompatible', 'model-damaged'
 */
export function createTextModel(manifest: ModelManifest, tokenizerData: object): TextModel {
  const settings = parseTextSettings(manifest.settings);
  const labels = manifest.labels ?? [];
  if (labels.length === 0 || labels.length !== settings.baseRate.fine.length)
    throw new AttuneError('model-incompatible', "The text model's labels and base rates don't match.");
  const tokenize = createTokenizer(tokenizerData, settings);
  const language = manifest.languages[0] ?? 'en';
  const plain = (text: string): string => normaliseText(text, settings.emojiWords);

  function prepareItem(item: TextItem): { rows: GraphRow[]; item: PreparedItem } {
    const text = plain(item.text);
    const said = (item.context ?? []).map(plain).filter((utterance) => utterance !== '');
    const tokenized = tokenize(text, said);
    const grams = settings.inputs.grams === undefined ? [] : gramBuckets(text);
    return {
      rows: tokenized.rows.map((row) => ({ ...row, grams })),
      item: {
        windowTokens: tokenized.rows.map((row) => row.target),
        quality: textQuality(normaliseText(item.text), item, tokenized, language),
        talk: item.context !== undefined,
      },
    };
  }

  return {
    baseRates: (talk) => baseRatesOf(talk, settings),

    prepare(items) {
      const prepared = items.map(prepareItem);
      const sizes = prepared.map(({ rows }) => ({
        rows: rows.length,
        width: Math.max(...rows.map(({ ids }) => ids.length)),
      }));
      return runsByWidth(sizes).map((places) => ({
        inputs: paddedInputs(
          places.flatMap((i) => prepared[i]!.rows),
          settings.inputs,
        ),
        items: places.map((i) => prepared[i]!.item),
        places,
      }));
    },

    read(batch, outputs) {
      const rows = batch.items.reduce((sum, item) => sum + item.windowTokens.length, 0);
      const windows = rowOutputs(outputs, rows, labels.length, settings);
      let next = 0;
      return batch.items.map(({ windowTokens, quality, talk }) => {
        const own = windows.slice(next, next + windowTokens.length);
        next += windowTokens.length;
        return readingOf(averaged(own, windowTokens), quality, talk, settings, labels);
      });
    },
  };
}
