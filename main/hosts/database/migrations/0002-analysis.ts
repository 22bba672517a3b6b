/** What was analysed with what, and transcripts that were brought in. */
import type { Migration } from './migration.ts';

export const analysis: Migration = {
  name: 'analysis',
  sql: `
    CREATE TABLE analysis_runs (
      id TEXT PRIMARY KEY,
      recording_id TEXT NOT NULL UNIQUE REFERENCES recordings (id) ON DELETE CASCADE,
      created_at TEXT NOT NULL,
      settings TEXT NOT NULL,
      models TEXT NOT NULL,
      input_sha256 TEXT NOT NULL,
      file_id TEXT NOT NULL UNIQUE,
      result_sha256 TEXT NOT NULL,
      result_bytes INTEGER NOT NULL,
      ribbon TEXT NOT NULL
    ) STRICT;

    CREATE TABLE transcripts (
      recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
      file_id TEXT NOT NULL UNIQUE
    ) STRICT;
  `,
};
