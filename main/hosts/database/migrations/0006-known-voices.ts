/** Voices that a person had remembered, so that they can be suggested in later sessions of the same participant. */
import type { Migration } from './migration.ts';

export const knownVoices: Migration = {
  name: 'known-voices',
  sql: `
    CREATE TABLE known_voices (
      id TEXT PRIMARY KEY,
      participant_id TEXT NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      kept_at TEXT NOT NULL,
      speech_ms INTEGER NOT NULL,
      -- Voices of another model are no numbers of the same space.
      model TEXT NOT NULL,
      voice BLOB NOT NULL,
      UNIQUE (participant_id, name)
    ) STRICT;
  `,
};
