/** Texts and what they read as, for spreadsheets: RFC 4180, UTF-8 with a byte-order mark, formulas made harmless. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { DIMENSIONS } from '#contract/emotion/dimensions.ts';
import type { TextItem } from '#contract/texts/collection.ts';
import { EVERY_TEXT, type TextFilter } from '#contract/texts/query.ts';
import { toCell } from '#models/transcript/file/csv.ts';
import type { TextsDatabase } from './figures.ts';

export const TEXTS_CSV_COLUMNS = [
  ...['row', 'time', 'author', 'topic', 'text', 'reads_as', 'confidence', 'not_sure'],
  ...CATEGORIES,
  ...DIMENSIONS.flatMap((dimension) => [dimension, `${dimension}_sd`]),
  ...['labels', 'quality', 'reasons', 'error'],
] as const;

function cellsOf({
  fileRow,
  timeMs,
  author,
  topic,
  text,
  reading,
  failure,
}: TextItem): (string | number | undefined | null)[] {
  const time = timeMs === null ? null : new Date(timeMs).toISOString();
  const sure = reading !== null && reading.readsAs !== 'not-sure';
  return [
    ...[fileRow, time, author, topic, text],
    ...[sure ? reading.readsAs : null, reading?.confidence, reading && (sure ? 0 : 1)],
    ...CATEGORIES.map((_, i) => reading?.probabilities[i]),
    ...DIMENSIONS.flatMap((name) => [reading?.dimensions[name]?.mean, reading?.dimensions[name]?.sd]),
    ...[reading?.labels.join(' '), reading?.quality, reading?.reasons.join(' '), failure],
  ];
}

export function csvPage(items: readonly TextItem[], heading: boolean): string {
  const lines = items.map((item) => `${cellsOf(item).map(toCell).join(',')}\r\n`);
  return `${heading ? `\uFEFF${TEXTS_CSV_COLUMNS.join(',')}\r\n` : ''}${lines.join('')}`;
}

const TEXTS_A_PART = 1000;

/** The whole file, a part in memory at a time. */
export async function* csvParts(
  database: TextsDatabase,
  sessionId: string,
  filter: TextFilter = EVERY_TEXT,
): AsyncGenerator<string> {
  for (let offset = 0, total = 1; offset < total; offset += TEXTS_A_PART) {
    const place = { offset, limit: TEXTS_A_PART };
    const page = await database.call('texts.items', { sessionId, filter, place });
    total = page.total;
    yield csvPage(page.items, offset === 0);
  }
}
