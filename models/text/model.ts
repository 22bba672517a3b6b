/** English text to emotion: everything round the graph. The inference host runs the graph between `prepare` and `read`. */
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { Dimension, Dimensions, Estimate } from '#contract/emotion/dimensions.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { AttuneError } from '#contract/errors.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import type { Tensors } from '../tensor.ts';
import { paddedInputs } from './batch.ts';
import { logit, sigmoid, softmax, windowOutputs } from './outputs.ts';
import type { WindowOutput } from './outputs.ts';
import { textQuality } from './quality.ts';
import type { TextItem, TextQuality } from './quality.ts';
import { parseTextSettings } from './settings.ts';
import { createTokenizer } from './tokenizer.ts';

/** One run of the graph and what `read` needs to understand its outputs. */
export interface TextBatch {
  readonly inputs: Tensors;
  /** In the order of the items given. */
  readonly items: readonly { readonly windowTokens: readonly number[]; readonly quality: TextQuality }[];
}

export interface TextModel {
  /** @param items at least one */
  prepare(items: readonly TextItem[]): TextBatch;
  /** Readings in the order of the items; `labels` are most probable first. @throws AttuneError 'model-incompatible' */
  read(batch: TextBatch, outputs: Tensors): Reading[];
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
  const tokenize = createTokenizer(tokenizerData, settings.maxTokens, settings.maxWindows);

  return {
    prepare(items) {
      const tokenized = items.map((item) => tokenize(item.text));
      return {
        inputs: paddedInputs(
          tokenized.flatMap((t) => t.windows),
          settings.inputs,
        ),
        items: tokenized.map((t, i) => ({
          windowTokens: t.windows.map((w) => w.length),
          quality: textQuality(items[i]!, t),
        })),
      };
    },

    read(batch, outputs) {
      const rows = batch.items.reduce((sum, item) => sum + item.windowTokens.length, 0);
      const windows = windowOutputs(outputs, rows, labels.length, settings.outputs);
      let next = 0;
      return batch.items.map(({ windowTokens, quality }) => {
        const own = windows.slice(next, next + windowTokens.length);
        next += windowTokens.length;
        const output = averaged(own, windowTokens);
        return reading(output, quality);
      });
    },
  };

  function reading(output: WindowOutput, { quality, reasons, readable }: TextQuality): Reading {
    const { baseRate, temperature, fineThreshold } = settings;
    // What can't be read is answered by the base rate: log p = readable x log p(model) + (1 - readable) x log p(base).
    const logs = softmax(output.categoryLogits, temperature).map(
      (p, c) => readable * Math.log(Math.max(p, 1e-9)) + (1 - readable) * Math.log(baseRate.categories[c]!),
    );
    const scores = labels.map((label, i) => {
      const mixed = readable * output.fineLogits[i]! + (1 - readable) * logit(baseRate.fine[i]!);
      return [label, sigmoid(mixed)] as const;
    });
    return {
      probabilities: softmax(logs, 1),
      fine: Object.fromEntries(scores),
      labels: scores
        .filter(([, p]) => readable > 0 && p >= fineThreshold)
        .sort((a, b) => b[1] - a[1])
        .map(([label]) => label),
      dimensions: drawnToBase(output.dimensions, baseRate.dimensions, readable),
      quality,
      reasons: [...reasons],
    };
  }
}

/** Logits and means weighted by the windows' tokens; the variance of the mixture. */
function averaged(windows: readonly WindowOutput[], tokens: readonly number[]): WindowOutput {
  if (windows.length === 1) return windows[0]!;
  const total = tokens.reduce((a, b) => a + b, 0);
  const mean = (value: (w: WindowOutput) => number) =>
    windows.reduce((sum, w, i) => sum + (tokens[i]! / total) * value(w), 0);
  const estimate = (d: Dimension): Estimate => {
    const m = mean((w) => w.dimensions[d].mean);
    const second = mean((w) => w.dimensions[d].sd ** 2 + w.dimensions[d].mean ** 2);
    return { mean: m, sd: Math.sqrt(Math.max(0, second - m * m)) };
  };
  return {
    categoryLogits: windows[0]!.categoryLogits.map((_, c) => mean((w) => w.categoryLogits[c]!)),
    fineLogits: windows[0]!.fineLogits.map((_, c) => mean((w) => w.fineLogits[c]!)),
    dimensions: {
      valence: estimate('valence'),
      arousal: estimate('arousal'),
      dominance: estimate('dominance'),
    },
  };
}

function drawnToBase(
  own: WindowOutput['dimensions'],
  base: WindowOutput['dimensions'],
  readable: number,
): Dimensions {
  const mixed: Dimensions = {};
  for (const d of DIMENSIONS) {
    const mean = readable * own[d].mean + (1 - readable) * base[d].mean;
    const sd = Math.sqrt(readable * own[d].sd ** 2 + (1 - readable) * base[d].sd ** 2);
    mixed[d] = { mean: Math.min(1, Math.max(-1, mean)), sd };
  }
  return mixed;
}
