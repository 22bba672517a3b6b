/** Participants, sessions, recordings, and the files that a crash may leave behind. */
import type { Migration } from './migration.ts';

export const library: Migration = {
  name: 'library',
  sql: `
    CREATE TABLE participants (
      id TEXT PRIMARY KEY,
      pseudonym TEXT NOT NULL UNIQUE,
      created_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE sessions (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      participant_id TEXT REFERENCES participants (id),
      created_at TEXT NOT NULL,
      sample INTEGER NOT NULL CHECK (sample IN (0, 1))
    ) STRICT;
    CREATE INDEX sessions_by_time ON sessions (created_at DESC, id);

    CREATE TABLE recordings (
      id TEXT PRIMARY KEY,
      session_id TEXT NOT NULL REFERENCES sessions (id),
      name TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      media TEXT NOT NULL,
      duration_ms INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('imported', 'analysing', 'analysed', 'failed')),
      error TEXT,
      imported_at TEXT NOT NULL,
      file_id TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX recordings_by_session ON recordings (session_id);

    CREATE TABLE files_to_delete (
      store TEXT NOT NULL CHECK (store IN ('media', 'derived')),
      file_id TEXT NOT NULL,
      PRIMARY KEY (store, file_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
