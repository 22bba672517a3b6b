/** People, by pseudonym; one exists as long as a session is about them. */
import { randomUUID } from 'node:crypto';
import type { Connection } from '../connection.ts';

export class Participants {
  private readonly find;
  private readonly insert;
  private readonly removeUnused;

  constructor(db: Connection) {
    this.find = db.prepare<[string], { id: string }>('SELECT id FROM participants WHERE pseudonym = ?');
    this.insert = db.prepare<[string, string, string]>(
      'INSERT INTO participants (id, pseudonym, created_at) VALUES (?, ?, ?)',
    );
    this.removeUnused = db.prepare(
      `DELETE FROM participants WHERE NOT EXISTS
        (SELECT 1 FROM sessions WHERE sessions.participant_id = participants.id)`,
    );
  }

  /** The id for a pseudonym, made when it is new; null for nobody. */
  idFor(pseudonym: string | null, at: string): string | null {
    if (pseudonym === null) return null;
    const known = this.find.get(pseudonym);
    if (known !== undefined) return known.id;
    const id = randomUUID();
    this.insert.run(id, pseudonym, at);
    return id;
  }

  tidy(): void {
    this.removeUnused.run();
  }
}
