/** What the database host does. Rows cross as the contract's own types; everything is one transaction a task. */
import type { ErrorData } from '#contract/errors.ts';
import type { Recording, SessionDetail, SessionSummary } from '#contract/library/entities.ts';
import type { KnownVoice } from '#contract/library/known-voice.ts';
import type { ViewState } from '#contract/methods/table.ts';
import type { TranscriptChange } from '#contract/transcript/edit/change.ts';
import type { TranscriptDocument } from '#contract/transcript/edit/document.ts';
import type { EditEntry, EditState } from '#contract/transcript/edit/log.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import type { Task } from '../client.ts';
import type { TextTasks } from './text-tasks.ts';

type Nothing = Record<string, never>;

/** A recording and the file that holds it in the media store. */
export interface StoredRecording {
  recording: Recording;
  fileId: string;
}

export interface NewSession {
  id: string;
  title: string;
  participant: string | null;
  createdAt: string;
  sample: boolean;
}

/** A finished analysis: what was used is kept so that it can be repeated. The result itself is an encrypted file. */
export interface AnalysisRun {
  id: string;
  recordingId: string;
  createdAt: string;
  /** Canonical JSON of the settings and models. */
  settings: string;
  models: string;
  inputSha256: string;
  fileId: string;
  /** Of the result's JSON. */
  resultSha256: string;
  resultBytes: number;
  ribbon: (string | null)[];
}

/** A voice that a person had remembered, with its place in the voice space of a model. */
export interface StoredVoice {
  known: KnownVoice;
  model: string;
  values: Float32Array;
}

/** Where a file is that a crash or a removal may leave behind. */
export type StoreName = 'media' | 'derived';
export interface StoreFile {
  store: StoreName;
  fileId: string;
}

export interface AuditEvent {
  at: string;
  kind: string;
  subjectId: string | null;
}

export interface DatabaseTasks extends TextTasks {
  /** Makes a new database; refuses to touch an existing file. */
  'database.create': Task<{ path: string; key: Uint8Array }, { version: number }>;
  /** Opens, checks every page, and migrates. */
  'database.open': Task<{ path: string; key: Uint8Array }, { version: number; migratedFrom: number }>;
  'database.close': Task<Nothing, Nothing>;

  'sessions.list': Task<{ query: string }, { sessions: SessionSummary[] }>;
  'sessions.get': Task<{ sessionId: string }, SessionDetail>;
  'sessions.rename': Task<
    { sessionId: string; title: string; participant: string | null; at: string },
    SessionSummary
  >;
  /** Removes all rows of a session and notes its files for deletion. */
  'sessions.remove': Task<{ sessionId: string; at: string }, { files: StoreFile[]; recordingIds: string[] }>;

  /** Adds session, recording and participant, and takes the file off the list of files to delete. */
  'recordings.add': Task<{ session: NewSession; stored: StoredRecording; at: string }, Nothing>;
  'recordings.get': Task<{ recordingId: string }, StoredRecording>;
  'recordings.ids': Task<Nothing, { recordingIds: string[] }>;
  'recordings.setState': Task<
    { recordingId: string; state: Recording['state']; error: ErrorData | null },
    Nothing
  >;
  /** What a crash left in 'analysing' becomes what it was before. */
  'recordings.recover': Task<Nothing, { recovered: number }>;

  /** Replaces the recording's current analysis; the one before is noted for deletion. */
  'analysis.save': Task<{ run: AnalysisRun; at: string }, { replaced: StoreFile[] }>;
  'analysis.get': Task<{ recordingId: string }, { run: AnalysisRun | null }>;

  'transcripts.set': Task<{ recordingId: string; fileId: string; at: string }, { replaced: StoreFile[] }>;
  'transcripts.get': Task<{ recordingId: string }, { fileId: string | null }>;

  /** The transcript as corrected; null: never edited. */
  'edits.open': Task<
    { recordingId: string },
    { edited: { document: TranscriptDocument; state: EditState } | null }
  >;
  /** The transcript before the first edit. */
  'edits.original': Task<{ recordingId: string }, { original: Transcript | null }>;
  /**
   * Applies and logs one edit. `begin` with the first one; `original`: another transcript to go back to from now on. Throws 'edit-stale'
   * when the entry's revision doesn't follow the current one.
   */
  'edits.append': Task<
    {
      recordingId: string;
      entry: EditEntry;
      begin: { original: Transcript; document: TranscriptDocument } | null;
      original: Transcript | null;
    },
    { state: EditState }
  >;
  /** Another transcript to go back to from now on; nothing is logged. */
  'edits.rebase': Task<{ recordingId: string; original: Transcript }, Nothing>;
  /** What undo or redo would do now; null: nothing. */
  'edits.step': Task<
    { recordingId: string; direction: 'undo' | 'redo' },
    { change: TranscriptChange | null }
  >;
  'edits.history': Task<
    { recordingId: string; beforeRevision: number; limit: number },
    { entries: EditEntry[] }
  >;

  'voices.list': Task<Nothing, { voices: StoredVoice[] }>;
  'voices.of': Task<{ participant: string }, { voices: StoredVoice[] }>;
  /** In place of what was kept of that participant under that name, and under its id then. */
  'voices.keep': Task<{ voice: StoredVoice }, { id: string }>;
  'voices.forget': Task<{ voiceId: string; at: string }, Nothing>;

  /** Notes a file before it is written: should the program die, the next start deletes it. */
  'files.plan': Task<StoreFile, Nothing>;
  'files.planned': Task<Nothing, { files: StoreFile[] }>;
  /** After the files are gone. */
  'files.forget': Task<{ files: StoreFile[] }, Nothing>;

  'view.get': Task<Nothing, { view: ViewState | null }>;
  'view.set': Task<{ view: ViewState }, Nothing>;

  'audit.add': Task<AuditEvent, Nothing>;
  'audit.list': Task<{ limit: number }, { events: AuditEvent[] }>;
}
