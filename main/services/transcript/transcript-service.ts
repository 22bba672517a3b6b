/** Correcting transcripts: each edit is one durable transaction, told to whoever shows the transcript. */
import {
  applyChange,
  difference,
  isEmpty,
  staleEdit,
  type TranscriptChange,
} from '#contract/transcript/edit/change.ts';
import { documentOf, withDocument, type TranscriptDocument } from '#contract/transcript/edit/document.ts';
import type { EditAction, EditEntry, EditOutcome, EditState } from '#contract/transcript/edit/log.ts';
import type { EditOperation } from '#contract/transcript/edit/operation.ts';
import { changeOf } from '#contract/transcript/edit/perform.ts';
import { notPossible } from '#contract/transcript/edit/utterances.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import type { LibraryService } from '../library/library-service.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';

export interface TranscriptOptions {
  workspace: WorkspaceService;
  library: LibraryService;
  /** Who edits: asked with every edit. */
  annotator: () => string;
}

/** One transcript that is being edited, as it stands in the database. */
interface Open {
  document: TranscriptDocument;
  state: EditState;
  /** What the first edit is made to; null once there is one. */
  unedited: Transcript | null;
}

export interface CurrentTranscript {
  transcript: Transcript;
  revision: number;
  /** False: it says what it said before the first edit. */
  corrected: boolean;
}

interface Step {
  action: EditAction;
  group: string | null;
  operation: EditOperation | null;
  change: TranscriptChange;
  original?: Transcript;
}

/** Methods that change something throw 'edit-stale' when `revision` isn't the current one, and 'edit-not-possible'. */
export class TranscriptService {
  private readonly options: TranscriptOptions;
  /** The transcript edited last; others are read again. */
  private held: { recordingId: string; open: Open } | null = null;
  private readonly listeners = new Set<(recordingId: string, state: EditState) => void>();
  /** Edits happen one after another. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(options: TranscriptOptions) {
    this.options = options;
    options.workspace.beforeLock(() => this.inTurn(() => Promise.resolve(void (this.held = null))));
  }

  /** The transcript as corrected, and where its edits stand; null: never edited. */
  async edited(recordingId: string): Promise<{ document: TranscriptDocument; state: EditState } | null> {
    return (await this.database.call('edits.open', { recordingId })).edited;
  }

  /** The transcript as it stands; null: never edited. */
  async current(recordingId: string): Promise<CurrentTranscript | null> {
    const { original } = await this.database.call('edits.original', { recordingId });
    const edited = original && (await this.edited(recordingId));
    if (!edited) return null;
    return {
      transcript: asTranscript(original, edited.document),
      revision: edited.state.revision,
      corrected: !isEmpty(difference(documentOf(original), edited.document)),
    };
  }

  edit(
    recordingId: string,
    revision: number,
    group: string | null,
    operation: EditOperation,
  ): Promise<EditOutcome> {
    return this.step(recordingId, revision, async ({ document }) => {
      const { media } = await this.options.library.recording(recordingId);
      return { action: 'edit', group, operation, change: changeOf(document, operation, media.durationMs) };
    });
  }

  /** Takes back the latest group of edits, or does again what was taken back. Groups that changed nothing are passed over. */
  async move(recordingId: string, revision: number, direction: 'undo' | 'redo'): Promise<EditOutcome> {
    let moved = await this.moveOnce(recordingId, revision, direction);
    while (isEmpty(moved.change) && (direction === 'undo' ? moved.canUndo : moved.canRedo))
      moved = await this.moveOnce(recordingId, moved.revision, direction);
    return moved;
  }

  private moveOnce(recordingId: string, revision: number, direction: 'undo' | 'redo'): Promise<EditOutcome> {
    return this.step(recordingId, revision, async () => {
      const { change } = await this.database.call('edits.step', { recordingId, direction });
      if (change === null) throw notPossible(`There is nothing to ${direction}.`);
      return { action: direction, group: null, operation: null, change };
    });
  }

  /** Back to the transcript before the first edit; this too can be undone. */
  restore(recordingId: string, revision: number): Promise<EditOutcome> {
    return this.step(recordingId, revision, async ({ document }) => {
      const { original } = await this.database.call('edits.original', { recordingId });
      if (original === null) throw notPossible('This transcript was never edited.');
      const change = difference(document, documentOf(original));
      return { action: 'restore', group: null, operation: null, change };
    });
  }

  /** Another transcript in place of a corrected one; one that was never edited needs nothing. It is what `restore` goes back to from now on. */
  async replace(recordingId: string, other: Transcript): Promise<void> {
    const edited = await this.edited(recordingId);
    if (edited === null) return;
    await this.step(recordingId, edited.state.revision, ({ document }) =>
      Promise.resolve({
        ...{ action: 'replace', group: null, operation: null, original: other },
        change: difference(document, documentOf(other)),
      }),
    );
  }

  /** Newest first, those before `beforeRevision`. */
  async history(recordingId: string, beforeRevision: number, limit: number): Promise<EditEntry[]> {
    return (await this.database.call('edits.history', { recordingId, beforeRevision, limit })).entries;
  }

  onChange(listener: (recordingId: string, state: EditState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private step(
    recordingId: string,
    revision: number,
    make: (open: Open) => Promise<Step>,
  ): Promise<EditOutcome> {
    return this.inTurn(async () => {
      const open = await this.open(recordingId);
      if (open.state.revision !== revision) throw staleEdit();
      const { change, original, ...made } = await make(open);
      if (isEmpty(change) && made.action !== 'undo' && made.action !== 'redo') {
        if (original) await this.database.call('edits.rebase', { recordingId, original });
        return { ...open.state, change };
      }
      const entry: EditEntry = {
        ...{ ...made, change, revision: revision + 1 },
        ...{ at: new Date().toISOString(), annotator: this.options.annotator() },
      };
      const begin = open.unedited && { original: open.unedited, document: open.document };
      // Until the answer is there the database may be ahead of what is held.
      this.held = null;
      const request = { recordingId, entry, begin, original: original ?? null };
      const { state } = await this.database.call('edits.append', request);
      const document = applyChange(open.document, change);
      this.held = { recordingId, open: { document, state, unedited: null } };
      for (const listener of this.listeners) listener(recordingId, state);
      return { ...state, change };
    });
  }

  private async open(recordingId: string): Promise<Open> {
    if (this.held?.recordingId === recordingId) return this.held.open;
    const edited = await this.edited(recordingId);
    if (edited) return { ...edited, unedited: null };
    const { transcript } = await this.options.library.result(recordingId);
    const state = { revision: 0, canUndo: false, canRedo: false };
    return { document: documentOf(transcript), state, unedited: transcript };
  }

  private get database() {
    return this.options.workspace.opened().database;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.turn.then(work);
    this.turn = run.catch(() => undefined);
    return run;
  }
}

/** A corrected document with what is known of where its words came from. Speakers that a person told apart are known. */
const asTranscript = (origin: Transcript, document: TranscriptDocument): Transcript => ({
  ...withDocument(origin, document),
  speakersFrom:
    origin.speakersFrom === 'not-separated' && document.speakers.length > 1
      ? 'transcript'
      : origin.speakersFrom,
});
