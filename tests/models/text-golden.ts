/** A shipped text model with its own graph, and the recipe's golden rows for it. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Reading } from '#contract/emotion/evidence.ts';
import { modelManifest } from '#contract/models/manifest.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import type { Tensor, Tensors } from '#models/tensor.ts';
import { createTextModel } from '#models/text/model.ts';
import type { TextModel } from '#models/text/model.ts';
import type { TextItem } from '#models/text/quality.ts';
import { parseTextSettings } from '#models/text/settings.ts';

/** What the recipe's Python side made of one text; other keys are the graph's outputs by name. */
export interface GoldenRow {
  text: string;
  context: string[];
  normalised: string;
  ids: number[];
  target: number;
  /** Where the graph hears them. */
  grams?: number[];
  vad_mean: number[];
  vad_sd: number[];
  talk_logits: number[];
  [output: string]: unknown;
}

export interface ShippedText {
  manifest: ModelManifest;
  tokenizerData: object;
  golden: GoldenRow[];
  model: TextModel;
  readAll(items: readonly TextItem[]): Promise<Reading[]>;
  /** What is made of the outputs that the recipe wrote down; for texts of one window. */
  readRecorded(row: GoldenRow): Reading;
}

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

export async function shippedText(id: string): Promise<ShippedText> {
  const folder = `../../models/weights/${id}/`;
  const manifest = modelManifest.parse(json(`${folder}manifest.json`));
  const tokenizerData = json(`${folder}tokenizer.json`) as object;
  const { rows: golden } = json(`fixtures/${id}.json`) as { rows: GoldenRow[] };
  const model = createTextModel(manifest, tokenizerData);
  const session = await InferenceSession.create(new URL(`${folder}model.onnx`, import.meta.url).pathname, {
    intraOpNumThreads: 1,
    executionProviders: ['cpu'],
  });

  async function run(inputs: Tensors): Promise<Tensors> {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, t]) => [name, new OrtTensor(t.type, t.data, t.dims)]),
    );
    const outputs = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, t]) => [
        name,
        { type: 'float32', data: t.data as Float32Array, dims: t.dims } satisfies Tensor,
      ]),
    );
  }

  function readRecorded(row: GoldenRow): Reading {
    const names = Object.values(parseTextSettings(manifest.settings).outputs).filter(
      (name) => name !== undefined,
    );
    const outputs = names.map((name): [string, Tensor] => {
      const values = row[name] as number[];
      return [name, { type: 'float32', data: Float32Array.from(values), dims: [1, values.length] }];
    });
    return model.read(model.prepare([row])[0]!, Object.fromEntries(outputs))[0]!;
  }

  return {
    manifest,
    tokenizerData,
    golden,
    model,
    readRecorded,
    async readAll(items) {
      const readings = new Array<Reading>(items.length);
      for (const batch of model.prepare(items))
        model
          .read(batch, await run(batch.inputs))
          .forEach((reading, k) => (readings[batch.places[k]!] = reading));
      return readings;
    },
  };
}

/** The graph's products are of whole numbers: where another processor's sums fall on the other side of a rounding, answers differ. */
export async function expectNear({ golden, readAll, readRecorded }: ShippedText): Promise<void> {
  const short = golden.filter(({ target }) => target < 128);
  const readings = await readAll(short);
  const apart = short.flatMap((row, i) =>
    readRecorded(row).probabilities.map((p, c) => Math.abs(p - readings[i]!.probabilities[c]!)),
  );
  expect(Math.max(...apart)).toBeLessThan(0.06);
  expect(apart.reduce((sum, x) => sum + x, 0) / apart.length).toBeLessThan(0.005);
}
