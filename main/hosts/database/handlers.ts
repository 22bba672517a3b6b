/** The database host's tasks, for one database at a time. */
import { AttuneError } from '#contract/errors.ts';
import type { TaskHandlers } from '../serve.ts';
import { createDatabase, openDatabase } from './connection.ts';
import type { Connection } from './connection.ts';
import { appendEdit, openEdits, stepBack } from './edit-tasks.ts';
import { coded } from './errors.ts';
import {
  addRecording,
  forgetVoice,
  getSession,
  keepVoice,
  listSessions,
  removeSession,
  renameSession,
  saveAnalysis,
  setTranscript,
} from './library-tasks.ts';
import { DATABASE_VERSION } from './migrations/all.ts';
import { repositories } from './repositories/all.ts';
import type { Repositories } from './repositories/all.ts';
import type { DatabaseTasks } from './tasks.ts';
import { textHandlers } from './text-handlers.ts';

export interface DatabaseHost {
  handlers: TaskHandlers<DatabaseTasks>;
  close(): void;
}

export function databaseHost(): DatabaseHost {
  const holder = new OpenDatabase();
  const run = <P, R>(work: (r: Repositories, params: P) => R) => {
    return (params: P): R => holder.transaction((r) => work(r, params));
  };
  return {
    close: () => holder.close(),
    handlers: {
      'database.create': ({ path, key }) => {
        holder.hold(() => createDatabase(path, key));
        return { version: DATABASE_VERSION };
      },
      'database.open': ({ path, key }) => {
        let migratedFrom = 0;
        holder.hold(() => {
          const opened = openDatabase(path, key);
          migratedFrom = opened.migratedFrom;
          return opened.db;
        });
        return { version: DATABASE_VERSION, migratedFrom };
      },
      'database.close': () => {
        holder.close();
        return {};
      },
      'sessions.list': run(listSessions),
      'sessions.get': run(getSession),
      'sessions.rename': run(renameSession),
      'sessions.remove': run(removeSession),
      'recordings.add': run(addRecording),
      'recordings.get': run((r, { recordingId }) => r.recordings.get(recordingId)),
      'recordings.ids': run((r) => ({ recordingIds: r.recordings.ids() })),
      'recordings.setState': run((r, { recordingId, state, error }) => {
        r.recordings.setState(recordingId, state, error);
        return {};
      }),
      'recordings.recover': run((r) => ({ recovered: r.recordings.recover() })),
      'analysis.save': run(saveAnalysis),
      'analysis.get': run((r, { recordingId }) => ({ run: r.analyses.get(recordingId) })),
      'transcripts.set': run(setTranscript),
      'transcripts.get': run((r, { recordingId }) => ({ fileId: r.transcripts.fileOf(recordingId) })),
      'edits.open': run(openEdits),
      'edits.original': run((r, { recordingId }) => ({ original: r.edits.original(recordingId) })),
      'edits.append': run(appendEdit),
      'edits.rebase': run((r, { recordingId, original }) => {
        r.edits.setOriginal(recordingId, original);
        return {};
      }),
      'edits.step': run(stepBack),
      'edits.history': run((r, { recordingId, beforeRevision, limit }) => ({
        entries: r.edits.entries(recordingId, beforeRevision, limit),
      })),
      ...textHandlers(run),
      'voices.list': run((r) => ({ voices: r.knownVoices.list() })),
      'voices.of': run((r, { participant }) => ({ voices: r.knownVoices.of(participant) })),
      'voices.keep': run(keepVoice),
      'voices.forget': run(forgetVoice),
      'files.plan': run((r, file) => {
        r.files.add(file);
        return {};
      }),
      'files.planned': run((r) => ({ files: r.files.list() })),
      'files.forget': run((r, { files }) => {
        for (const file of files) r.files.clear(file);
        return {};
      }),
      'view.get': run((r) => ({ view: r.view.get() })),
      'view.set': run((r, { view }) => {
        r.view.set(view);
        return {};
      }),
      'audit.add': run((r, event) => {
        r.audit.add(event);
        return {};
      }),
      'audit.list': run((r, { limit }) => ({ events: r.audit.list(limit) })),
    },
  };
}

class OpenDatabase {
  private db: Connection | null = null;
  private opened: Repositories | null = null;

  hold(open: () => Connection): void {
    this.close();
    const db = open();
    this.db = db;
    this.opened = repositories(db);
  }

  /** All or nothing; throws 'workspace-locked' when no database is open. */
  transaction<R>(work: (r: Repositories) => R): R {
    const { db, opened } = this;
    if (db === null || opened === null)
      throw new AttuneError('workspace-locked', 'The workspace is locked.', { remedy: 'Unlock it first.' });
    return coded(() => db.transaction(() => work(opened)).immediate());
  }

  close(): void {
    this.opened = null;
    this.db?.close();
    this.db = null;
  }
}
