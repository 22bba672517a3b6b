/** Corrected transcripts: the current state, row by row, and the log that only grows. */
import type { TranscriptChange } from '#contract/transcript/edit/change.ts';
import { composed, idOf, staleEdit } from '#contract/transcript/edit/change.ts';
import { byTime, type TranscriptDocument } from '#contract/transcript/edit/document.ts';
import type { EditAction, EditEntry } from '#contract/transcript/edit/log.ts';
import type { EditOperation } from '#contract/transcript/edit/operation.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';
import type { Speaker, Transcript, Utterance } from '#contract/transcript/utterance.ts';
import type { Connection } from '../connection.ts';
import { courseOf, type EditCourse, type EditGroup } from './edit-course.ts';

interface EntryRow {
  revision: number;
  at: string;
  annotator: string;
  action: EditAction;
  edit_group: string | null;
  operation: string | null;
  change: string;
}
type Kind = 'utterance' | 'event';

export class Edits {
  private readonly head;
  private readonly items;
  private readonly begin;
  private readonly advance;
  private readonly rebase;
  private readonly put;
  private readonly drop;
  private readonly log;
  private readonly course;
  private readonly range;
  private readonly latest;

  constructor(db: Connection) {
    this.head = db.prepare<[string], { revision: number; speakers: string; original: string }>(
      'SELECT revision, speakers, original FROM transcript_documents WHERE recording_id = ?',
    );
    this.items = db.prepare<[string], { kind: Kind; body: string }>(
      'SELECT kind, body FROM transcript_items WHERE recording_id = ?',
    );
    this.begin = db.prepare('INSERT INTO transcript_documents VALUES (?, 0, ?, ?)');
    this.advance = db.prepare<[number, string, string, number]>(
      'UPDATE transcript_documents SET revision = ?, speakers = ? WHERE recording_id = ? AND revision = ?',
    );
    this.rebase = db.prepare('UPDATE transcript_documents SET original = ? WHERE recording_id = ?');
    this.put = db.prepare<[string, Kind, string, string]>(
      'INSERT INTO transcript_items VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
    );
    this.drop = db.prepare<[string, Kind, string]>(
      'DELETE FROM transcript_items WHERE recording_id = ? AND kind = ? AND id = ?',
    );
    this.log = db.prepare(
      `INSERT INTO transcript_edits (recording_id, revision, at, annotator, action, edit_group, operation, change)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.course = db.prepare<[string], { revision: number; action: EditAction; group: string | null }>(
      `SELECT revision, action, edit_group AS "group" FROM transcript_edits WHERE recording_id = ? ORDER BY revision`,
    );
    this.range = db.prepare<[string, number, number], { change: string }>(
      `SELECT change FROM transcript_edits
       WHERE recording_id = ? AND revision BETWEEN ? AND ? ORDER BY revision`,
    );
    this.latest = db.prepare<[string, number, number], EntryRow>(
      `SELECT revision, at, annotator, action, edit_group, operation, change FROM transcript_edits
       WHERE recording_id = ? AND revision < ? ORDER BY revision DESC LIMIT ?`,
    );
  }

  /** Null: never edited. */
  document(recordingId: string): { revision: number; document: TranscriptDocument } | null {
    const head = this.head.get(recordingId);
    if (head === undefined) return null;
    const utterances: Utterance[] = [];
    const events: HeardEvent[] = [];
    for (const { kind, body } of this.items.iterate(recordingId)) {
      if (kind === 'utterance') utterances.push(JSON.parse(body) as Utterance);
      else events.push(JSON.parse(body) as HeardEvent);
    }
    const speakers = JSON.parse(head.speakers) as Speaker[];
    const document = { speakers, utterances: utterances.sort(byTime), events: events.sort(byTime) };
    return { revision: head.revision, document };
  }

  /** The transcript before the first edit. */
  original(recordingId: string): Transcript | null {
    const head = this.head.get(recordingId);
    return head === undefined ? null : (JSON.parse(head.original) as Transcript);
  }

  start(
    recordingId: string,
    original: Transcript,
    { speakers, utterances, events }: TranscriptDocument,
  ): void {
    this.begin.run(recordingId, JSON.stringify(speakers), JSON.stringify(original));
    for (const u of utterances) this.put.run(recordingId, 'utterance', u.id, JSON.stringify(u));
    for (const e of events) this.put.run(recordingId, 'event', e.id, JSON.stringify(e));
  }

  setOriginal(recordingId: string, original: Transcript): void {
    this.rebase.run(JSON.stringify(original), recordingId);
  }

  /** Makes the entry's revision of the one before it. @throws AttuneError 'edit-stale' when that isn't the current one. */
  append(recordingId: string, entry: EditEntry): void {
    const { revision, at, annotator, action, group, operation, change } = entry;
    const head = this.head.get(recordingId);
    const speakers = change.speakers === null ? head?.speakers : JSON.stringify(change.speakers.after);
    if (speakers === undefined) throw staleEdit();
    if (this.advance.run(revision, speakers, recordingId, revision - 1).changes === 0) throw staleEdit();
    this.store(recordingId, 'utterance', change.utterances);
    this.store(recordingId, 'event', change.events);
    const operationText = operation === null ? null : JSON.stringify(operation);
    this.log.run(
      ...[recordingId, revision, at, annotator, action, group, operationText, JSON.stringify(change)],
    );
  }

  undoable(recordingId: string): EditCourse {
    return courseOf(this.course.iterate(recordingId));
  }

  /** What the edits of a group did, as one change. */
  changeOf(recordingId: string, { first, last }: EditGroup): TranscriptChange {
    const rows = this.range.all(recordingId, first, last);
    return composed(rows.map(({ change }) => JSON.parse(change) as TranscriptChange));
  }

  /** Newest first. */
  entries(recordingId: string, beforeRevision: number, limit: number): EditEntry[] {
    return this.latest.all(recordingId, beforeRevision, limit).map(({ edit_group: group, ...row }) => ({
      ...row,
      group,
      operation: row.operation === null ? null : (JSON.parse(row.operation) as EditOperation),
      change: JSON.parse(row.change) as TranscriptChange,
    }));
  }

  private store(
    recordingId: string,
    kind: Kind,
    changes: readonly { before: Item | null; after: Item | null }[],
  ): void {
    for (const change of changes) {
      if (change.after === null) this.drop.run(recordingId, kind, idOf(change));
      else this.put.run(recordingId, kind, change.after.id, JSON.stringify(change.after));
    }
  }
}

interface Item {
  id: string;
}
