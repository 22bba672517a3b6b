/** The corpora's items through the services behind `attune predict`: the app's own path, from the item to the row. */
import type { FailedRow, PredictedRow } from '#contract/files/predict.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks, RgbFrame } from '#main/hosts/inference/tasks.ts';
import type { MediaTools } from '#main/hosts/media/media.ts';
import type { ModelsInUse } from '../analysis/models-in-use.ts';
import { predictFace } from '../prediction/predict-face.ts';
import { predictText } from '../prediction/predict-text.ts';
import { predictVoice } from '../prediction/predict-voice.ts';
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
  readonly models: ModelsInUse;
  readonly signal: AbortSignal;
  /** Told after every item. */
  readonly onItem?: (done: number, of: number) => void;
}

export const predictTexts = <T extends TextItem>(items: readonly T[], by: Reader): Promise<Prediction<T>> =>
  collected(
    items,
    predictText(
      lines(items, ({ text, context }) => ({ text, ...(context ? { context } : {}) })),
      by,
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
      by,
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
      by,
      by.signal,
    ),
    by,
  );

/** Pictures that lie in no file of their own: the same path, but for decoding. `cropped`: each is one face. */
export function predictFrames<T extends { frame: RgbFrame }>(
  items: readonly T[],
  cropped: boolean,
  by: Reader,
): Promise<Prediction<T>> {
  const rows = lines(items, (_, i) => ({ path: String(i), cropped }));
  const picture: MediaTools['picture'] = (input) =>
    Promise.resolve(items[Number(input.kind === 'file' ? input.path : NaN)]!.frame);
  return collected(items, predictFace(rows, { ...by, media: { ...by.media, picture } }, by.signal), by);
}

/** Rows of the input file, made when they are asked for. */
async function* lines<T>(
  items: readonly T[],
  rowOf: (item: T, index: number) => object,
): AsyncGenerator<string> {
  for (const [id, item] of items.entries())
    yield await Promise.resolve(JSON.stringify({ id, ...rowOf(item, id) }));
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
