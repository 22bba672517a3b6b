/** The corpora's items through the services behind `attune predict`: the app's own path, from the item to the row. */
import type { FailedRow, PredictedRow } from '#contract/files/predict.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks, RgbFrame } from '#main/hosts/inference/tasks.ts';
import type { MediaTools } from '#main/hosts/media/media.ts';
import { predictFace } from '../prediction/predict-face.ts';
import { predictText } from '../prediction/predict-text.ts';
import { predictVoice } from '../prediction/predict-voice.ts';
import { toRow } from '../prediction/row.ts';
import type { TextItem } from './corpora/text-item.ts';

export interface Predicted<T> {
  readonly item: T;
  readonly row: PredictedRow;
}

export interface Prediction<T> {
  readonly pairs: Predicted<T>[];
  /** Items without an answer, by error code. */
  readonly failed: Readonly<Record<string, number>>;
}

/** What reading many items needs beside them. */
export interface Reader {
  readonly inference: HostClient<InferenceTasks>;
  readonly media: MediaTools;
  readonly signal: AbortSignal;
  /** Told after every item. */
  readonly onItem?: (done: number, of: number) => void;
}

export const predictTexts = <T extends TextItem>(items: readonly T[], by: Reader): Promise<Prediction<T>> =>
  collected(
    items,
    predictText(
      lines(items, ({ text, context }) => ({ text, ...(context ? { context } : {}) })),
      by.inference,
      by.signal,
    ),
    by,
  );

/** Each clip alone. */
export const predictClips = <T extends { path: string }>(
  items: readonly T[],
  by: Reader,
): Promise<Prediction<T>> =>
  collected(
    items,
    predictVoice(
      lines(items, ({ path }) => ({ path })),
      by.media,
      by.inference,
      by.signal,
    ),
    by,
  );

export const predictPictures = <T extends { path: string }>(
  items: readonly T[],
  by: Reader,
): Promise<Prediction<T>> =>
  collected(
    items,
    predictFace(
      lines(items, ({ path }) => ({ path })),
      by.media,
      by.inference,
      by.signal,
    ),
    by,
  );

const FRAMES_A_CALL = 64;

/** Crops that lie in a file of raw pixels: like a row with `cropped: true`, but for decoding a picture file. */
export async function predictCrops<T extends { frame: RgbFrame }>(
  items: readonly T[],
  by: Reader,
): Promise<Prediction<T>> {
  async function* rows(): AsyncGenerator<PredictedRow> {
    for (let from = 0; from < items.length; from += FRAMES_A_CALL) {
      const frames = items.slice(from, from + FRAMES_A_CALL).map(({ frame }) => frame);
      const call = by.inference.call('face.readCropped', { frames }, { signal: by.signal });
      const { readings } = await call;
      yield* readings.map((reading, i) => toRow(from + i, reading));
    }
  }
  return collected(items, rows(), by);
}

/** Rows of the input file, made when they are asked for. */
async function* lines<T>(items: readonly T[], rowOf: (item: T) => object): AsyncGenerator<string> {
  for (const [id, item] of items.entries())
    yield await Promise.resolve(JSON.stringify({ id, ...rowOf(item) }));
}

async function collected<T>(
  items: readonly T[],
  rows: AsyncIterable<PredictedRow | FailedRow>,
  { onItem }: Reader,
): Promise<Prediction<T>> {
  const pairs: Predicted<T>[] = [];
  const failed: Record<string, number> = {};
  let at = 0;
  for await (const row of rows) {
    const item = items[at++]!;
    if ('error' in row) failed[row.error.code] = (failed[row.error.code] ?? 0) + 1;
    else pairs.push({ item, row });
    onItem?.(at, items.length);
  }
  return { pairs, failed };
}
