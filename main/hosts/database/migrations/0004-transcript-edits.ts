/** Transcripts that a person corrects: how each stands now, what it was at first, and every edit between. */
import type { Migration } from './migration.ts';

export const transcriptEdits: Migration = {
  name: 'transcript-edits',
  sql: `
    CREATE TABLE transcript_documents (
      recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      speakers TEXT NOT NULL,
      original TEXT NOT NULL
    ) STRICT;

    CREATE TABLE transcript_items (
      recording_id TEXT NOT NULL REFERENCES transcript_documents (recording_id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('utterance', 'event')),
      id TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (recording_id, kind, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE transcript_edits (
      recording_id TEXT NOT NULL REFERENCES transcript_documents (recording_id) ON DELETE CASCADE,
      revision INTEGER NOT NULL CHECK (revision > 0),
      at TEXT NOT NULL,
      annotator TEXT NOT NULL,
      action TEXT NOT NULL CHECK (action IN ('edit', 'undo', 'redo', 'restore', 'replace')),
      edit_group TEXT,
      operation TEXT,
      change TEXT NOT NULL,
      UNIQUE (recording_id, revision)
    ) STRICT;
    -- Undo reads the whole course of a transcript, but not its texts.
    CREATE INDEX transcript_edits_course ON transcript_edits (recording_id, revision, action, edit_group);
    CREATE TRIGGER transcript_edits_stay BEFORE UPDATE ON transcript_edits
      BEGIN SELECT RAISE(ABORT, 'an edit that was logged is never changed'); END;
  `,
};
