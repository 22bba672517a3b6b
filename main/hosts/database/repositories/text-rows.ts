/** Single texts: stored, read from the front, and given out in pages. */
import { AttuneError } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { DIMENSIONS, type Dimensions } from '#contract/emotion/dimensions.ts';
import { READS_AS, type TextItem, type TextReading } from '#contract/texts/collection.ts';
import type { ItemPlace, TextFilter } from '#contract/texts/query.ts';
import type { Connection } from '../connection.ts';
import type { NewText, ReadText, UnreadText } from '../text-tasks.ts';
import { fromWhere, isEveryText } from './text-filter.ts';

type Numbers = (number | null)[];

interface Row extends Record<`p${0 | 1 | 2 | 3 | 4 | 5 | 6}`, number> {
  seq: number;
  file_row: number;
  time_ms: number | null;
  author: string | null;
  topic: string | null;
  body: string;
  reads_as: number | null;
  confidence: number;
  valence: number | null;
  valence_sd: number | null;
  arousal: number | null;
  arousal_sd: number | null;
  dominance: number | null;
  dominance_sd: number | null;
  quality: number;
  details: string;
  failure: ErrorCode | null;
}

/** As many earlier lines as the model was trained to look at (models/text). */
const CONTEXT_TEXTS = 6;
const NO_NAME = 0;

export class TextRows {
  private readonly db: Connection;
  private readonly name;
  private readonly insertName;
  private readonly insert;
  private readonly insertBody;
  private readonly unreadRows;
  private readonly before;
  private readonly update;
  private readonly fail;
  private readonly one;
  /** The texts that the last filter asked for matches: paging through them asks again and again. */
  private matched: { key: string; seqs: Int32Array } | null = null;

  constructor(db: Connection) {
    this.db = db;
    this.name = db.prepare<[number, string, string], { id: number }>(
      'SELECT id FROM text_names WHERE collection_id = ? AND kind = ? AND name = ?',
    );
    this.insertName = db.prepare('INSERT INTO text_names (collection_id, kind, name) VALUES (?, ?, ?)');
    this.insert = db.prepare(
      `INSERT INTO text_rows (collection_id, seq, file_row, time_ms, author_id, topic_id) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.insertBody = db.prepare('INSERT INTO text_bodies VALUES (?, ?, ?)');
    this.unreadRows = db.prepare<[number, number, number], { seq: number; topic_id: number; body: string }>(
      `SELECT r.seq, r.topic_id, b.body FROM text_rows AS r JOIN text_bodies AS b USING (collection_id, seq)
       WHERE r.collection_id = ? AND r.seq > ? ORDER BY r.seq LIMIT ?`,
    );
    this.before = db.prepare<[number, number, number, number], { body: string }>(
      `SELECT b.body FROM text_rows AS r JOIN text_bodies AS b USING (collection_id, seq)
       WHERE r.collection_id = ? AND r.topic_id = ? AND r.seq < ? ORDER BY r.seq DESC LIMIT ?`,
    );
    this.update = db.prepare(
      `UPDATE text_rows SET reads_as = ?, confidence = ?, p0 = ?, p1 = ?, p2 = ?, p3 = ?, p4 = ?, p5 = ?, p6 = ?,
         valence = ?, valence_sd = ?, arousal = ?, arousal_sd = ?, dominance = ?, dominance_sd = ?, quality = ?, details = ?
       WHERE collection_id = ? AND seq = ?`,
    );
    this.fail = db.prepare('UPDATE text_rows SET failure = ? WHERE collection_id = ? AND seq = ?');
    this.one = db.prepare<[number, number], Row>(
      `SELECT r.*, b.body, a.name AS author, t.name AS topic
       FROM text_rows AS r JOIN text_bodies AS b USING (collection_id, seq)
         LEFT JOIN text_names AS a ON a.id = r.author_id LEFT JOIN text_names AS t ON t.id = r.topic_id
       WHERE r.collection_id = ? AND r.seq = ?`,
    );
  }

  /** Numbered on from `after`. */
  append(collectionId: number, after: number, texts: readonly NewText[]): void {
    texts.forEach(({ fileRow, timeMs, author, topic, text }, i) => {
      const seq = after + i + 1;
      const ids = [this.nameId(collectionId, 'author', author), this.nameId(collectionId, 'topic', topic)];
      this.insert.run(collectionId, seq, fileRow, timeMs, ...ids);
      this.insertBody.run(collectionId, seq, text);
    });
  }

  unread(collectionId: number, after: number, limit: number, together: boolean): UnreadText[] {
    return this.unreadRows.all(collectionId, after, limit).map(({ seq, topic_id, body }) => ({
      seq,
      text: body,
      context: together
        ? this.before
            .all(collectionId, topic_id, seq, CONTEXT_TEXTS)
            .map((row) => row.body)
            .reverse()
        : null,
    }));
  }

  /** @throws 'internal' for a text that does not follow the one before */
  save(collectionId: number, after: number, readings: readonly ReadText[]): void {
    this.matched = null;
    readings.forEach(({ seq, outcome }, i) => {
      if (seq !== after + i + 1)
        throw new AttuneError('internal', 'Texts were read out of order.', { kept: 'Nothing was changed.' });
      if ('failure' in outcome) this.fail.run(outcome.failure, collectionId, seq);
      else this.update.run(...columnsOf(outcome.reading), collectionId, seq);
    });
  }

  page(
    collectionId: number,
    texts: number,
    filter: TextFilter,
    { offset, limit }: ItemPlace,
  ): { total: number; items: TextItem[] } {
    const seqs = isEveryText(filter) ? null : this.matching(collectionId, filter);
    const total = seqs?.length ?? texts;
    const items: TextItem[] = [];
    for (let at = offset; at < Math.min(total, offset + limit); at++) {
      const row = this.one.get(collectionId, seqs?.[at] ?? at + 1);
      if (row !== undefined) items.push(itemOf(row));
    }
    return { total, items };
  }

  private matching(collectionId: number, filter: TextFilter): Int32Array {
    const key = JSON.stringify([collectionId, filter]);
    if (this.matched?.key !== key) {
      const { sql, values } = fromWhere(collectionId, filter);
      const found = this.db.prepare<(string | number)[], { seq: number }>(
        `SELECT r.seq ${sql} ORDER BY r.seq`,
      );
      const seqs: number[] = [];
      for (const { seq } of found.iterate(...values)) seqs.push(seq);
      this.matched = { key, seqs: Int32Array.from(seqs) };
    }
    return this.matched.seqs;
  }

  private nameId(collectionId: number, kind: 'author' | 'topic', name: string | null): number {
    if (name === null) return NO_NAME;
    const known = this.name.get(collectionId, kind, name);
    return known?.id ?? Number(this.insertName.run(collectionId, kind, name).lastInsertRowid);
  }
}

function columnsOf({
  readsAs,
  confidence,
  probabilities,
  dimensions,
  quality,
  labels,
  reasons,
}: TextReading): (Numbers[number] | string)[] {
  const estimates = DIMENSIONS.flatMap((d): Numbers => [
    dimensions[d]?.mean ?? null,
    dimensions[d]?.sd ?? null,
  ]);
  const details = JSON.stringify({ labels, reasons });
  return [READS_AS.indexOf(readsAs), confidence, ...probabilities, ...estimates, quality, details];
}

function itemOf(row: Row): TextItem {
  const { seq, file_row, time_ms, author, topic, body, failure } = row;
  const reading = row.reads_as === null ? null : readingOf(row, row.reads_as);
  return { seq, fileRow: file_row, timeMs: time_ms, author, topic, text: body, reading, failure };
}

function readingOf(row: Row, readsAs: number): TextReading {
  const dimensions: Dimensions = {};
  for (const name of DIMENSIONS) {
    const mean = row[name];
    const sd = row[`${name}_sd`];
    if (mean !== null && sd !== null) dimensions[name] = { mean, sd };
  }
  return {
    probabilities: CATEGORIES.map((_, i) => row[`p${i as 0}`]),
    readsAs: READS_AS[readsAs]!,
    confidence: row.confidence,
    dimensions,
    quality: row.quality,
    ...(JSON.parse(row.details) as Pick<TextReading, 'labels' | 'reasons'>),
  };
}
