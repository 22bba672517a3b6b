/** All repositories of one open database. */
import type { Connection } from '../connection.ts';
import { Analyses } from './analyses.ts';
import { Audit } from './audit.ts';
import { Edits } from './edits.ts';
import { FilesToDelete } from './files-to-delete.ts';
import { KnownVoices } from './known-voices.ts';
import { Participants } from './participants.ts';
import { Recordings } from './recordings.ts';
import { Sessions } from './sessions.ts';
import { TextCollections } from './text-collections.ts';
import { TextFigures } from './text-figures.ts';
import { TextRows } from './text-rows.ts';
import { Transcripts } from './transcripts.ts';
import { View } from './view.ts';

export const repositories = (db: Connection) => ({
  analyses: new Analyses(db),
  audit: new Audit(db),
  edits: new Edits(db),
  files: new FilesToDelete(db),
  knownVoices: new KnownVoices(db),
  participants: new Participants(db),
  recordings: new Recordings(db),
  sessions: new Sessions(db),
  textCollections: new TextCollections(db),
  textFigures: new TextFigures(db),
  textRows: new TextRows(db),
  transcripts: new Transcripts(db),
  view: new View(db),
});
export type Repositories = ReturnType<typeof repositories>;
