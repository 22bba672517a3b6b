/** Sessions of texts. What is counted lies in rows of numbers; the words lie apart, so that counting never reads them. */
import type { Migration } from './migration.ts';

export const texts: Migration = {
  name: 'texts',
  sql: `
    CREATE TABLE text_collections (
      id INTEGER PRIMARY KEY,
      -- NULL while it is being stored: a crash then leaves it without a session, and the next start removes it.
      session_id TEXT UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
      source TEXT NOT NULL,
      left_out TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('imported', 'analysing', 'analysed', 'failed')),
      error TEXT,
      texts INTEGER NOT NULL,
      -- Always the first ones; those that failed are among them.
      texts_read INTEGER NOT NULL,
      texts_failed INTEGER NOT NULL,
      from_ms INTEGER,
      to_ms INTEGER,
      models TEXT NOT NULL,
      ribbon TEXT NOT NULL
    ) STRICT;

    CREATE TABLE text_names (
      id INTEGER PRIMARY KEY,
      collection_id INTEGER NOT NULL REFERENCES text_collections (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('author', 'topic')),
      name TEXT NOT NULL,
      UNIQUE (collection_id, kind, name)
    ) STRICT;

    CREATE TABLE text_rows (
      collection_id INTEGER NOT NULL REFERENCES text_collections (id) ON DELETE CASCADE,
      seq INTEGER NOT NULL CHECK (seq > 0),
      file_row INTEGER NOT NULL,
      time_ms INTEGER,
      author_id INTEGER NOT NULL,
      topic_id INTEGER NOT NULL,
      -- Place among the categories, 7: not sure, NULL: not read yet or failed.
      reads_as INTEGER CHECK (reads_as BETWEEN 0 AND 7),
      confidence REAL,
      p0 REAL, p1 REAL, p2 REAL, p3 REAL, p4 REAL, p5 REAL, p6 REAL,
      valence REAL, valence_sd REAL, arousal REAL, arousal_sd REAL, dominance REAL, dominance_sd REAL,
      quality REAL,
      details TEXT,
      failure TEXT,
      PRIMARY KEY (collection_id, seq)
    ) STRICT, WITHOUT ROWID;
    -- What was said before in the same chat.
    CREATE INDEX text_rows_by_topic ON text_rows (collection_id, topic_id, seq);

    CREATE TABLE text_bodies (
      collection_id INTEGER NOT NULL REFERENCES text_collections (id) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (collection_id, seq)
    ) STRICT, WITHOUT ROWID;
  `,
};
