/** Every migration, oldest first. One that has shipped is never changed. */
import type { Connection } from '../connection.ts';
import { library } from './0001-library.ts';
import { analysis } from './0002-analysis.ts';
import { care } from './0003-care.ts';
import { transcriptEdits } from './0004-transcript-edits.ts';
import { texts } from './0005-texts.ts';
import { knownVoices } from './0006-known-voices.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  library,
  analysis,
  care,
  transcriptEdits,
  texts,
  knownVoices,
];
export const DATABASE_VERSION = MIGRATIONS.length;

/** Each step is one transaction together with its version number. */
export function migrate(db: Connection, from: number, to: number = DATABASE_VERSION): void {
  for (let version = from; version < to; version++) {
    db.transaction(() => {
      db.exec(MIGRATIONS[version]!.sql);
      db.pragma(`user_version = ${version + 1}`);
    }).exclusive();
  }
}
