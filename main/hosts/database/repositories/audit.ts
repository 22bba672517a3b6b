/** What was done when: kinds and ids only, no content. */
import type { Connection } from '../connection.ts';
import type { AuditEvent } from '../tasks.ts';

export class Audit {
  private readonly insert;
  private readonly latest;

  constructor(db: Connection) {
    this.insert = db.prepare('INSERT INTO audit_events (at, kind, subject_id) VALUES (?, ?, ?)');
    this.latest = db.prepare<[number], { at: string; kind: string; subject_id: string | null }>(
      'SELECT at, kind, subject_id FROM audit_events ORDER BY id DESC LIMIT ?',
    );
  }

  add({ at, kind, subjectId }: AuditEvent): void {
    this.insert.run(at, kind, subjectId);
  }

  /** Newest first. */
  list(limit: number): AuditEvent[] {
    return this.latest.all(limit).map((row) => ({ at: row.at, kind: row.kind, subjectId: row.subject_id }));
  }
}
