/** Where the window was, and what was done when. */
import type { Migration } from './migration.ts';

export const care: Migration = {
  name: 'care',
  sql: `
    CREATE TABLE view_state (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      view TEXT NOT NULL
    ) STRICT;

    CREATE TABLE audit_events (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject_id TEXT
    ) STRICT;
  `,
};
