/** Collections of texts: where they came from, and how far they are read. */
import type { ErrorData } from '#contract/errors.ts';
import type { Recording } from '#contract/library/entities.ts';
import {
  EMPTY_LEFT_OUT,
  type LeftOut,
  type TextCollection,
  type TextsSource,
} from '#contract/texts/collection.ts';
import type { Connection } from '../connection.ts';
import { recordNotFound } from '../errors.ts';
import type { Ribbon } from './sessions.ts';

interface Row {
  id: number;
  session_id: string;
  source: string;
  left_out: string;
  state: Recording['state'];
  error: string | null;
  texts: number;
  texts_read: number;
  texts_failed: number;
  from_ms: number | null;
  to_ms: number | null;
  models: string;
  ribbon: string;
}

/** What the library lists of a session of texts. */
export interface ListedTexts {
  name: string;
  count: number;
  state: Recording['state'];
  ribbon: Ribbon;
}

export class TextCollections {
  private readonly insert;
  private readonly bySession;
  private readonly listed;
  private readonly byId;
  private readonly grow;
  private readonly adopt;
  private readonly state;
  private readonly advanceBy;
  private readonly ribbon;
  private readonly remove;
  private readonly orphans;
  private readonly interrupted;
  private readonly names;

  constructor(db: Connection) {
    this.insert = db.prepare<[string, string]>(
      `INSERT INTO text_collections (source, left_out, state, texts, texts_read, texts_failed, models, ribbon)
       VALUES (?, ?, 'imported', 0, 0, 0, '[]', '[]')`,
    );
    this.bySession = db.prepare<[string], Row>('SELECT * FROM text_collections WHERE session_id = ?');
    this.listed = db.prepare<[], Row>('SELECT * FROM text_collections WHERE session_id IS NOT NULL');
    this.byId = db.prepare<[number], { texts: number }>('SELECT texts FROM text_collections WHERE id = ?');
    this.grow = db.prepare<[number, number]>('UPDATE text_collections SET texts = texts + ? WHERE id = ?');
    this.adopt = db.prepare<[string, string, number]>(
      `UPDATE text_collections SET session_id = ?, left_out = ?,
         (from_ms, to_ms) = (SELECT min(time_ms), max(time_ms) FROM text_rows WHERE collection_id = text_collections.id)
       WHERE id = ?`,
    );
    this.state = db.prepare('UPDATE text_collections SET state = ?, error = ? WHERE session_id = ?');
    this.advanceBy = db.prepare<[number, number, string, number, number]>(
      `UPDATE text_collections SET texts_read = texts_read + ?, texts_failed = texts_failed + ?, models = ?
       WHERE id = ? AND texts_read = ?`,
    );
    this.ribbon = db.prepare<[string, number]>('UPDATE text_collections SET ribbon = ? WHERE id = ?');
    this.remove = db.prepare<[number]>('DELETE FROM text_collections WHERE id = ?');
    this.orphans = db.prepare('DELETE FROM text_collections WHERE session_id IS NULL');
    this.interrupted = db.prepare(
      `UPDATE text_collections SET state = iif(texts_read = texts, 'analysed', 'imported') WHERE state = 'analysing'`,
    );
    this.names = db.prepare<[number, string], { n: number }>(
      'SELECT count(*) AS n FROM text_names WHERE collection_id = ? AND kind = ?',
    );
  }

  begin(source: TextsSource): number {
    const { lastInsertRowid } = this.insert.run(JSON.stringify(source), JSON.stringify(EMPTY_LEFT_OUT));
    return Number(lastInsertRowid);
  }

  /** How many texts there are so far; then there are `more`. Throws 'record-not-found' for one that was discarded. */
  grown(id: number, more: number): number {
    const row = this.byId.get(id);
    if (row === undefined) throw recordNotFound('session');
    this.grow.run(more, id);
    return row.texts;
  }

  becomeSession(id: number, sessionId: string, leftOut: LeftOut): void {
    this.adopt.run(sessionId, JSON.stringify(leftOut), id);
  }

  discard(id: number): void {
    this.remove.run(id);
  }

  recover(): void {
    this.orphans.run();
    this.interrupted.run();
  }

  /** Throws 'record-not-found'. */
  row(sessionId: string): Pick<Row, 'id' | 'texts' | 'texts_read'> & { source: TextsSource } {
    const row = this.bySession.get(sessionId);
    if (row === undefined) throw recordNotFound('session');
    return { ...row, source: JSON.parse(row.source) as TextsSource };
  }

  get(sessionId: string): TextCollection {
    const row = this.bySession.get(sessionId);
    if (row === undefined) throw recordNotFound('session');
    const { from_ms, to_ms } = row;
    return {
      sessionId,
      source: JSON.parse(row.source) as TextsSource,
      leftOut: JSON.parse(row.left_out) as LeftOut,
      state: row.state,
      error: row.error === null ? null : (JSON.parse(row.error) as ErrorData),
      count: row.texts,
      read: row.texts_read,
      failed: row.texts_failed,
      authors: this.names.get(row.id, 'author')!.n,
      topics: this.names.get(row.id, 'topic')!.n,
      span: from_ms === null || to_ms === null ? null : { fromMs: from_ms, toMs: to_ms },
      models: JSON.parse(row.models) as string[],
    };
  }

  setState(sessionId: string, state: Recording['state'], error: ErrorData | null): void {
    const { changes } = this.state.run(state, error === null ? null : JSON.stringify(error), sessionId);
    if (changes === 0) throw recordNotFound('session');
  }

  /** False when somebody else has moved it meanwhile. */
  advance(
    id: number,
    from: number,
    by: { read: number; failed: number },
    models: readonly string[],
  ): boolean {
    return this.advanceBy.run(by.read, by.failed, JSON.stringify(models), id, from).changes === 1;
  }

  setRibbon(id: number, ribbon: Ribbon): void {
    this.ribbon.run(JSON.stringify(ribbon), id);
  }

  /** By session. */
  list(): Map<string, ListedTexts> {
    const rows = this.listed.all();
    return new Map(
      rows.map((row) => [
        row.session_id,
        {
          name: (JSON.parse(row.source) as TextsSource).name,
          count: row.texts,
          state: row.state,
          ribbon: JSON.parse(row.ribbon) as Ribbon,
        },
      ]),
    );
  }
}
