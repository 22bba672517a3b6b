/** Recordings: what was brought in, and how far its analysis is. */
import type { ErrorData } from '#contract/errors.ts';
import type { Recording } from '#contract/library/entities.ts';
import type { MediaInfo } from '#contract/media/media-info.ts';
import type { Connection } from '../connection.ts';
import { recordNotFound } from '../errors.ts';
import type { StoredRecording } from '../tasks.ts';

interface Row {
  id: string;
  session_id: string;
  name: string;
  bytes: number;
  sha256: string;
  media: string;
  state: Recording['state'];
  error: string | null;
  imported_at: string;
  file_id: string;
}

const INTERRUPTED: ErrorData = {
  code: 'analysis-interrupted',
  message: 'Attune ended while this recording was being analysed.',
  kept: 'The recording and the steps that were finished are kept.',
  remedy: 'Go on: only what was not finished is done anew.',
};

export class Recordings {
  private readonly insert;
  private readonly byId;
  private readonly bySession;
  private readonly all;
  private readonly update;
  private readonly recoverAnalysed;
  private readonly recoverImported;
  private readonly remove;

  constructor(db: Connection) {
    this.insert = db.prepare(
      `INSERT INTO recordings
        (id, session_id, name, bytes, sha256, media, duration_ms, state, error, imported_at, file_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.byId = db.prepare<[string], Row>('SELECT * FROM recordings WHERE id = ?');
    this.bySession = db.prepare<[string], Row>(
      'SELECT * FROM recordings WHERE session_id = ? ORDER BY imported_at, id',
    );
    this.all = db.prepare<[], Row>('SELECT * FROM recordings ORDER BY imported_at, id');
    this.update = db.prepare('UPDATE recordings SET state = ?, error = ? WHERE id = ?');
    const interrupted = `state = 'analysing' AND id`;
    this.recoverAnalysed = db.prepare(
      `UPDATE recordings SET state = 'analysed' WHERE ${interrupted} IN (SELECT recording_id FROM analysis_runs)`,
    );
    this.recoverImported = db.prepare(
      `UPDATE recordings SET state = 'imported', error = ? WHERE ${interrupted} NOT IN (SELECT recording_id FROM analysis_runs)`,
    );
    this.remove = db.prepare('DELETE FROM recordings WHERE session_id = ?');
  }

  add({ recording: r, fileId }: StoredRecording): void {
    const error = r.error === null ? null : JSON.stringify(r.error);
    const media = JSON.stringify(r.media);
    this.insert.run(
      ...[r.id, r.sessionId, r.name, r.bytes, r.sha256, media, r.media.durationMs],
      ...[r.state, error, r.importedAt, fileId],
    );
  }

  /** Throws 'record-not-found'. */
  get(recordingId: string): StoredRecording {
    const row = this.byId.get(recordingId);
    if (row === undefined) throw recordNotFound('recording');
    return fromRow(row);
  }

  ofSession(sessionId: string): StoredRecording[] {
    return this.bySession.all(sessionId).map(fromRow);
  }

  /** Every recording by its session. */
  grouped(): Map<string, Recording[]> {
    const groups = new Map<string, Recording[]>();
    for (const row of this.all.iterate()) {
      const group = groups.get(row.session_id) ?? [];
      group.push(fromRow(row).recording);
      groups.set(row.session_id, group);
    }
    return groups;
  }

  ids(): string[] {
    return this.all.all().map(({ id }) => id);
  }

  setState(recordingId: string, state: Recording['state'], error: ErrorData | null): void {
    const { changes } = this.update.run(state, error === null ? null : JSON.stringify(error), recordingId);
    if (changes === 0) throw recordNotFound('recording');
  }

  recover(): number {
    const { changes } = this.recoverImported.run(JSON.stringify(INTERRUPTED));
    return this.recoverAnalysed.run().changes + changes;
  }

  removeOfSession(sessionId: string): void {
    this.remove.run(sessionId);
  }
}

const fromRow = (row: Row): StoredRecording => ({
  fileId: row.file_id,
  recording: {
    id: row.id,
    sessionId: row.session_id,
    name: row.name,
    bytes: row.bytes,
    sha256: row.sha256,
    media: JSON.parse(row.media) as MediaInfo,
    state: row.state,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorData),
    importedAt: row.imported_at,
  },
});
